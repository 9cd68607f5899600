//! The scaffolder's template language in a text: `${{ … }}` and `{% … %}`. What they refer to,
//! which filters they name and what is wrong with their syntax, each with its bytes. Evaluates
//! nothing, fails never: what it does not understand it passes over.

mod lexer;
mod read;

use std::collections::BTreeSet;
use std::ops::Range;

use lexer::{End, tokens};

/// What a text has of the template language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expressions {
    /// Variables with the path that is taken from them, in the order of the text.
    pub variables: Vec<Variable>,
    /// Filters.
    pub filters: Vec<Name>,
    /// Names that the text itself binds: of loops, `set` and macros.
    pub locals: BTreeSet<String>,
    /// What cannot be read.
    pub faults: Vec<Fault>,
    /// Comparison signs of JavaScript, `===` and `!==`.
    pub strict_signs: Vec<Range<usize>>,
    /// Whether something is compared with `==` or `!=`.
    pub compares: bool,
    /// Whether something is multiplied, which can make a short text a long one.
    pub multiplies: bool,
    /// The tag blocks that there are: `if`, `for` …
    pub tags: Vec<Name>,
    /// Whether a limit was passed, and the rest was not read.
    pub cut: bool,
    /// How many `${{ … }}` there are.
    pub outputs: usize,
}

/// A name and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// The name.
    pub name: String,
    /// Its bytes in the text.
    pub span: Range<usize>,
}

/// A variable and the path that is taken from it, as far as it can be read without evaluating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// The name it begins with.
    pub root: Name,
    /// The properties that follow: `.name`, `['name']`, `[0]`.
    pub path: Vec<Name>,
    /// Whether a computed property (`[name]`) follows what `path` holds.
    pub computed: bool,
    /// Whether the last part of the path is called.
    pub called: bool,
    /// Names that hang on with a hyphen and no blank: `-base` in `steps.fetch-base`, which is read
    /// as a subtraction.
    pub hyphenated: Option<Name>,
}

/// Something that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is wrong, as a clause.
    pub what: String,
    /// Where.
    pub span: Range<usize>,
}

/// The marks of one flavour of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// `${{ … }}`, as the scaffolder has it.
    Scaffolder,
    /// `{{ … }}`, as Cookiecutter has it.
    Cookiecutter,
}

impl Marks {
    /// What opens an expression.
    pub fn open(self) -> &'static str {
        match self {
            Self::Scaffolder => "${{",
            Self::Cookiecutter => "{{",
        }
    }
}

/// Expressions of one text; far more than anybody writes.
const MOST_EXPRESSIONS: usize = 10_000;

/// Whether a text has a mark of the language: a cheap look before it is read.
pub fn has_expressions(text: &str) -> bool {
    text.contains("${{") || text.contains("{%")
}

/// Reads a text.
pub fn expressions(text: &str, marks: Marks) -> Expressions {
    let mut found = Expressions::default();
    let mut open: Vec<Name> = Vec::new();
    let mut comments_end = true;
    let mut at = 0;
    for count in 0.. {
        let Some((start, mark)) = next_mark(text, at, marks) else { break };
        if count == MOST_EXPRESSIONS {
            found.cut = true;
            break;
        }
        let body = start + mark.len();
        let inside = body + usize::from(text[body..].starts_with('-'));
        if mark == "{#" {
            // A `{#` that nothing closes is most likely of another language, a shell's say.
            let end = if comments_end { text[body..].find("#}") } else { None };
            comments_end = end.is_some();
            at = end.map_or(body, |end| body + end + 2);
            continue;
        }
        let close = if mark == "{%" { "%}" } else { "}}" };
        let (tokens, end) = tokens(text, inside, close);
        let next = match end {
            End::Closed(next) => next,
            End::InText(quote) => {
                found.fault("a quoted text is not closed", quote..quote + 1);
                break;
            }
            End::TooLong => {
                found.cut = true;
                break;
            }
            End::TextOver => {
                found.fault(format!("`{mark}` is not closed by `{close}`"), start..body);
                break;
            }
        };
        at = next;
        if mark == "{%" {
            if let Some(raw) = read::tag(text, start..next, &tokens, &mut open, &mut found) {
                at = end_of_raw(text, next, &raw).unwrap_or(text.len());
            }
        } else {
            found.outputs += 1;
            if tokens.is_empty() {
                found.fault("there is nothing in the expression", start..next);
            } else {
                read::expression(text, &tokens, start..next, &mut found);
            }
        }
    }
    let unclosed = open.into_iter().map(|tag| Fault {
        what: format!("`{{% {0} %}}` is not closed by `{{% end{0} %}}`", tag.name),
        span: tag.span,
    });
    // Where the text could not be read to its end, an open block is no second fault.
    if found.faults.is_empty() && !found.cut {
        found.faults.extend(unclosed);
    }
    found
}

/// The next mark that opens something. One pass over the text, however many there are.
fn next_mark(text: &str, from: usize, marks: Marks) -> Option<(usize, &'static str)> {
    let mut at = from;
    while let Some(brace) = text[at..].find('{').map(|brace| at + brace) {
        let has_dollar = brace > from && text.as_bytes()[brace - 1] == b'$';
        match (text.as_bytes().get(brace + 1), marks) {
            (Some(b'%'), _) => return Some((brace, "{%")),
            (Some(b'#'), _) => return Some((brace, "{#")),
            (Some(b'{'), Marks::Cookiecutter) => return Some((brace, "{{")),
            (Some(b'{'), Marks::Scaffolder) if has_dollar => return Some((brace - 1, "${{")),
            _ => at = brace + 1,
        }
    }
    None
}

/// The byte after `{% endraw %}`.
fn end_of_raw(text: &str, from: usize, tag: &str) -> Option<usize> {
    let mut at = from;
    while let Some(open) = text[at..].find("{%") {
        let body = &text[at + open + 2..];
        let close = body.find("%}")?;
        if body[..close].trim_matches(|c: char| c == '-' || c.is_whitespace()) == format!("end{tag}") {
            return Some(at + open + 2 + close + 2);
        }
        at += open + 2;
    }
    None
}

impl Expressions {
    fn fault(&mut self, what: impl Into<String>, span: Range<usize>) {
        self.faults.push(Fault { what: what.into(), span });
    }

    /// Whether a variable is bound by the text itself.
    pub fn is_local(&self, variable: &Variable) -> bool {
        self.locals.contains(&variable.root.name)
    }
}

#[cfg(test)]
mod tests;
