//! What is wrong in a theme: which template, which line, which words there, and what may be meant.

use minijinja::{Error, ErrorKind};

use crate::base::suggest;

use super::filters::FUNCTIONS;

/// Something wrong in a theme.
#[derive(Debug, Clone)]
pub struct ThemeError {
    /// The template.
    pub file: String,
    /// The line, where it is known.
    pub line: Option<usize>,
    /// What is wrong.
    pub message: String,
    /// What may be meant.
    pub help: Option<String>,
}

/// The filters that templates use most, ours among them.
const FILTERS: &[&str] = &[
    "abs",
    "attr",
    "batch",
    "bool",
    "breakable",
    "capitalize",
    "chain",
    "count",
    "default",
    "dictsort",
    "escape",
    "first",
    "float",
    "format",
    "groupby",
    "indent",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "pprint",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "safe",
    "select",
    "selectattr",
    "slice",
    "sort",
    "split",
    "string",
    "sum",
    "t",
    "title",
    "tojson",
    "trim",
    "unique",
    "upper",
    "urlencode",
    "zip",
];

impl ThemeError {
    /// What the engine says, with the names of all templates at hand.
    pub(super) fn of(error: &Error, templates: &[String]) -> Self {
        let innermost = innermost(error);
        let mut message = reason(innermost);
        if let Some(expression) = expression(innermost) {
            message = format!("{message}, in `{expression}`");
        }
        Self {
            file: innermost.name().unwrap_or("").to_owned(),
            line: innermost.line(),
            message,
            help: help(innermost, templates),
        }
    }
}

/// The error that was first: those of blocks, macros and included templates are around it.
fn innermost(error: &Error) -> &Error {
    let mut inner = error;
    while let Some(next) = std::error::Error::source(inner).and_then(|source| source.downcast_ref::<Error>()) {
        if next.name().is_none() {
            break;
        }
        inner = next;
    }
    inner
}

fn reason(error: &Error) -> String {
    let mut message = match (error.kind(), error.detail()) {
        (ErrorKind::UndefinedError, detail) => detail.filter(|detail| *detail != "undefined value").map_or_else(
            || "there is no such value: templates get the fields that the theme's README lists".to_owned(),
            str::to_owned,
        ),
        (ErrorKind::OutOfFuel, _) => "the template does more than a page may take".to_owned(),
        (kind, None) => kind.to_string(),
        (kind, Some(detail)) => format!("{kind}: {detail}"),
    };
    let mut source = std::error::Error::source(error);
    while let Some(inner) = source {
        message.push_str(&format!(": {inner}"));
        source = inner.source();
    }
    message
}

/// The words of the template that the error is about, where they are few.
fn expression(error: &Error) -> Option<String> {
    let text = error.template_source()?.get(error.range()?)?.trim();
    (!text.is_empty() && text.chars().count() <= 60 && !text.contains('\n')).then(|| text.to_owned())
}

fn help(error: &Error, templates: &[String]) -> Option<String> {
    let detail = error.detail()?;
    let candidates: Vec<&str> = match error.kind() {
        ErrorKind::UnknownFilter => FILTERS.to_vec(),
        ErrorKind::UnknownFunction => FUNCTIONS.to_vec(),
        ErrorKind::TemplateNotFound => templates.iter().map(String::as_str).collect(),
        _ => return None,
    };
    let name = detail.split(['"', '\'', '`']).nth(1).or_else(|| {
        let mut words = detail.split_whitespace();
        words.find(|word| !matches!(*word, "filter" | "function" | "template" | "test"))
    })?;
    suggest::nearest(name, candidates).map(|nearest| format!("did you mean `{nearest}`?"))
}
