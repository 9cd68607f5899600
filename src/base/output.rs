//! How much an output is.

/// An output in numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Output {
    /// Its files.
    pub files: u64,
    /// The bytes of all of them.
    pub bytes: u64,
    /// The largest file, with its bytes.
    pub largest: Option<(String, u64)>,
    /// The folder with the most files right in it, and how many.
    pub fullest: Option<(String, u64)>,
}
