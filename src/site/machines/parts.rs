//! Text that may be long, in files of a bounded size.

use crate::site::{Error, Site};

/// Most bytes of a file: about a hundred thousand tokens.
pub(super) const MAX_PART: usize = 400 * 1000;

/// A file that was written.
pub(super) struct Part {
    /// Its path.
    pub(super) path: String,
    /// What it begins with.
    pub(super) first: String,
    /// What it ends with.
    pub(super) last: String,
    /// Its bytes.
    pub(super) size: usize,
}

/// Takes texts one after the other and writes them in parts.
pub(super) struct Parts<'a> {
    site: &'a Site<'a>,
    /// The path of a part by its number, which begins with 1.
    path: &'a dyn Fn(usize) -> String,
    text: String,
    first: String,
    last: String,
    written: Vec<Part>,
}

impl<'a> Parts<'a> {
    pub(super) fn new(site: &'a Site<'a>, path: &'a dyn Fn(usize) -> String) -> Self {
        Self { site, path, text: String::new(), first: String::new(), last: String::new(), written: Vec::new() }
    }

    /// Puts a text behind the others. One that is too long for a part is cut between lines.
    pub(super) fn push(&mut self, name: &str, text: &str) -> Result<(), Error> {
        if !self.text.is_empty() && self.text.len() + text.len() > MAX_PART {
            self.write()?;
        }
        let mut rest = text;
        loop {
            if self.text.is_empty() {
                name.clone_into(&mut self.first);
            }
            name.clone_into(&mut self.last);
            let at = cut(rest, MAX_PART);
            self.text.push_str(&rest[..at]);
            rest = &rest[at..];
            if rest.is_empty() {
                return Ok(());
            }
            self.write()?;
        }
    }

    /// Writes what is left, and says what was written.
    pub(super) fn finish(mut self) -> Result<Vec<Part>, Error> {
        if !self.text.is_empty() {
            self.write()?;
        }
        Ok(self.written)
    }

    fn write(&mut self) -> Result<(), Error> {
        let path = (self.path)(self.written.len() + 1);
        let text = std::mem::take(&mut self.text);
        let (first, last) = (std::mem::take(&mut self.first), std::mem::take(&mut self.last));
        self.written.push(Part { path: path.clone(), first, last, size: text.len() });
        self.site.put(path, text.into_bytes())
    }
}

/// How much of a text goes into a part: whole lines, or what there is of one that is too long.
fn cut(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    let mut at = most;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    text[..at].rfind('\n').map_or(at, |line| line + 1)
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn a_text_is_cut_between_lines() {
        assert_eq!(cut("a\nb\nc", 10), 5);
        assert_eq!(cut("a\nb\nc", 3), 2);
        assert_eq!(cut("ééé", 3), 2);
    }
}
