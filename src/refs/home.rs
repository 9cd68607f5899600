//! Where a definition's text stands: in a file of its own, or as a value inside a descriptor.
//! Leads places in the text back to places in a file.

use crate::base::{FileId, Place, Span};
use crate::yaml::Inside;

/// Where a text stands.
#[derive(Debug)]
pub enum Home {
    /// It is a file.
    File(FileId),
    /// It is the value of a scalar in this file.
    Value(FileId, Box<Inside>),
    /// It was made, or came in a form that has no text: everything stands where that stands.
    Nowhere(Place),
}

impl Home {
    /// The file that relative references are relative to.
    pub fn file(&self) -> FileId {
        match self {
            Self::File(file) | Self::Value(file, _) => *file,
            Self::Nowhere(place) => place.file,
        }
    }

    /// The place of a part of the text.
    pub fn place(&self, span: Span) -> Place {
        match self {
            Self::File(file) => Place::new(*file, span),
            Self::Value(file, inside) => Place::new(*file, inside.span(span.range())),
            Self::Nowhere(place) => *place,
        }
    }
}
