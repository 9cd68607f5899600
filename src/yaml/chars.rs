//! The parser counts characters, everything here counts bytes.

/// Leads the parser's character offsets to bytes: free for ASCII, else by a table of every 64th.
pub(super) struct CharIndex<'a> {
    text: &'a str,
    table: Option<Vec<usize>>,
}

impl<'a> CharIndex<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let table = (!text.is_ascii()).then(|| text.char_indices().step_by(64).map(|(at, _)| at).collect());
        Self { text, table }
    }

    /// The byte at which a character begins.
    pub(super) fn byte(&self, character: usize) -> usize {
        let Some(table) = &self.table else { return character.min(self.text.len()) };
        let Some(&start) = table.get(character / 64) else { return self.text.len() };
        self.text[start..].char_indices().nth(character % 64).map_or(self.text.len(), |(at, _)| start + at)
    }
}
