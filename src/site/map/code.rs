//! Numbers that follow each other as text; `map-data.js` reads them back.

use crate::base::digits;

/// Numbers that follow each other.
#[derive(Debug, Default)]
pub(super) struct Coded(pub(super) String);

impl Coded {
    pub(super) fn put(&mut self, number: usize) {
        digits::put(&mut self.0, number as u64);
    }

    /// A number that may be below zero.
    pub(super) fn put_signed(&mut self, number: i64) {
        digits::put_signed(&mut self.0, number);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn runs_come_back(values in prop::collection::vec(0usize..3, 0..40)) {
            let numbers = digits::numbers(&Coded::runs(values.iter().copied()).0);
            let back = numbers.chunks(2).flat_map(|run| std::iter::repeat_n(run[0], usize::try_from(run[1]).unwrap()));
            prop_assert_eq!(back.collect::<Vec<_>>(), values.into_iter().map(|value| value as u64).collect::<Vec<_>>());
        }
    }
}
