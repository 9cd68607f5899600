//! Entity references: `[kind:][namespace/]name`.

use std::fmt;

/// Kind, namespace and name of an entity, as they were written. Two references are the same when
/// their [`EntityRef::key`]s are.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityRef {
    /// The kind.
    pub kind: String,
    /// The namespace.
    pub namespace: String,
    /// The name: whatever stands after kind and namespace.
    pub name: String,
}

/// What a reference takes where it does not say.
#[derive(Debug, Clone, Copy, Default)]
pub struct Context<'a> {
    /// The kind, where the field has a default.
    pub kind: Option<&'a str>,
    /// The namespace of the entity that the reference stands in.
    pub namespace: Option<&'a str>,
}

/// Why a text is no reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceError {
    /// It is empty.
    Empty,
    /// One of its parts is empty.
    EmptyPart,
    /// It has no kind, and its field has no default.
    NoKind,
    /// Its namespace is empty.
    NoNamespace,
}

impl fmt::Display for ReferenceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "it is empty",
            Self::EmptyPart => "it is not written as [kind:][namespace/]name: one of the parts is empty",
            Self::NoKind => "it does not say which kind it means",
            Self::NoNamespace => "its namespace is empty",
        })
    }
}

/// The namespace of entities that do not name one.
pub const DEFAULT_NAMESPACE: &str = "default";

impl EntityRef {
    /// Reads a reference. The first colon ends the kind unless a slash comes before it, the first
    /// slash after that ends the namespace, the rest is the name, whatever it holds.
    pub fn parse(text: &str, context: Context<'_>) -> Result<Self, ReferenceError> {
        if text.is_empty() {
            return Err(ReferenceError::Empty);
        }
        let (kind, rest) = match (text.find(':'), text.find('/')) {
            (Some(colon), slash) if slash.is_none_or(|slash| colon < slash) => {
                (Some(&text[..colon]), &text[colon + 1..])
            }
            _ => (None, text),
        };
        let (namespace, name) = match rest.split_once('/') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, rest),
        };
        if kind == Some("") || namespace == Some("") || name.is_empty() {
            return Err(ReferenceError::EmptyPart);
        }
        Self::from_parts(kind, namespace, name, context)
    }

    /// A reference from parts that were written apart.
    pub fn from_parts(
        kind: Option<&str>,
        namespace: Option<&str>,
        name: &str,
        context: Context<'_>,
    ) -> Result<Self, ReferenceError> {
        let kind = kind.or(context.kind).filter(|kind| !kind.is_empty()).ok_or(ReferenceError::NoKind)?;
        if namespace == Some("") {
            return Err(ReferenceError::NoNamespace);
        }
        let namespace = namespace.or(context.namespace.filter(|name| !name.is_empty())).unwrap_or(DEFAULT_NAMESPACE);
        if name.is_empty() {
            return Err(ReferenceError::EmptyPart);
        }
        Ok(Self { kind: kind.to_owned(), namespace: namespace.to_owned(), name: name.to_owned() })
    }

    /// The identity: all in lower case, without regard to language.
    pub fn key(&self) -> String {
        format!("{}:{}/{}", self.kind, self.namespace, self.name).to_lowercase()
    }

    /// As short as it can be written for a reader: the namespace only where it is not `default`.
    pub fn short(&self) -> String {
        if self.namespace.eq_ignore_ascii_case(DEFAULT_NAMESPACE) {
            format!("{}:{}", self.kind.to_lowercase(), self.name)
        } else {
            format!("{}:{}/{}", self.kind.to_lowercase(), self.namespace, self.name)
        }
    }
}

impl fmt::Display for EntityRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.key())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_printed_reference_reads_as_the_same(kind in "[A-Za-z]{1,8}", namespace in "[a-z-]{1,8}", name in "[A-Za-z0-9:/._@ é-]{1,20}") {
            let reference = EntityRef { kind, namespace, name };
            let again = EntityRef::parse(&reference.key(), Context::default()).unwrap();
            prop_assert_eq!(again.key(), reference.key());
        }

        #[test]
        fn any_text_is_read_without_panic(text in ".{0,40}") {
            if let Ok(reference) = EntityRef::parse(&text, Context { kind: Some("component"), namespace: None }) {
                prop_assert!(!reference.name.is_empty() && !reference.kind.is_empty() && !reference.namespace.is_empty());
            }
        }
    }
}
