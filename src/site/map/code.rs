//! Numbers as text: six bits a character, the lowest first, with a bit that says whether more follow. What
//! the script reads back is `map-data.js`.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Numbers that follow each other.
#[derive(Debug, Default)]
pub(super) struct Coded(pub(super) String);

impl Coded {
    pub(super) fn put(&mut self, mut number: usize) {
        loop {
            let more = number >> 5;
            let digit = (number & 31) | if more > 0 { 32 } else { 0 };
            self.0.push(char::from(DIGITS[digit]));
            if more == 0 {
                return;
            }
            number = more;
        }
    }

    /// A number that may be below zero.
    pub(super) fn put_signed(&mut self, number: i64) {
        let folded = if number < 0 { number.unsigned_abs() * 2 - 1 } else { number.unsigned_abs() * 2 };
        self.put(usize::try_from(folded).unwrap_or(usize::MAX >> 8));
    }

    /// Values, each with how often it follows itself.
    pub(super) fn runs(values: impl IntoIterator<Item = usize>) -> Self {
        let mut coded = Self::default();
        let mut run: Option<(usize, usize)> = None;
        for value in values {
            match &mut run {
                Some((last, length)) if *last == value => *length += 1,
                _ => {
                    coded.run(run);
                    run = Some((value, 1));
                }
            }
        }
        coded.run(run);
        coded
    }

    fn run(&mut self, run: Option<(usize, usize)>) {
        if let Some((value, length)) = run {
            self.put(value);
            self.put(length);
        }
    }
}

/// Reads numbers back, for tests.
#[cfg(test)]
pub(super) struct Reader<'a>(std::str::Bytes<'a>);

#[cfg(test)]
impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self(text.bytes())
    }

    pub(super) fn number(&mut self) -> Option<usize> {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.0.next()?;
            let digit = DIGITS.iter().position(|&one| one == byte)?;
            number |= (digit & 31) << shift;
            if digit & 32 == 0 {
                return Some(number);
            }
            shift += 5;
        }
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        let folded = i64::try_from(self.number()?).ok()?;
        Some(if folded % 2 == 1 { -(folded + 1) / 2 } else { folded / 2 })
    }

    pub(super) fn of_runs(text: &'a str) -> Vec<usize> {
        let mut reader = Self::new(text);
        let mut out = Vec::new();
        while let Some(value) = reader.number() {
            let length = reader.number().unwrap_or(0);
            out.extend(std::iter::repeat_n(value, length));
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(numbers in prop::collection::vec(any::<i32>(), 0..40), runs in prop::collection::vec(0usize..3, 0..40)) {
            let mut coded = Coded::default();
            numbers.iter().for_each(|&number| coded.put_signed(i64::from(number)));
            let mut reader = Reader::new(&coded.0);
            let back: Vec<i64> = std::iter::from_fn(|| reader.signed()).collect();
            prop_assert_eq!(back, numbers.into_iter().map(i64::from).collect::<Vec<_>>());
            prop_assert_eq!(Reader::of_runs(&Coded::runs(runs.iter().copied()).0), runs);
        }
    }
}
