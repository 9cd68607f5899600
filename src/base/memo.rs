//! Results by the hash of what they were made from. A stage that is costly asks here first;
//! whether the answer lives in memory or on disk is not its business.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// A content hash (BLAKE3, 256 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash([u8; 32]);

impl Hash {
    /// The hash of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The hash of several parts; where one ends and the next begins matters.
    pub fn of_parts<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self(*hasher.finalize().as_bytes())
    }

    /// Its bytes, as [`Self::from_bytes`] takes them.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The hash with these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// All 64 hexadecimal digits.
    pub fn hex(&self) -> String {
        blake3::Hash::from_bytes(self.0).to_hex().to_string()
    }

    /// The first `digits` hexadecimal digits.
    pub fn short(&self, digits: usize) -> String {
        let mut hex = self.hex();
        hex.truncate(digits);
        hex
    }
}

/// Remembers results of pure stages. Keys carry the name and version of the stage, so that a
/// changed stage never reads what an older one wrote.
pub trait Memo: Sync {
    /// A result that was put under this key before.
    fn get(&self, key: &Hash) -> Option<Arc<[u8]>>;
    /// Keeps a result.
    fn put(&self, key: Hash, value: &[u8]);
}

/// Remembers for the length of one run.
#[derive(Debug, Default)]
pub struct MemoryMemo(Mutex<FxHashMap<Hash, Arc<[u8]>>>);

impl Memo for MemoryMemo {
    fn get(&self, key: &Hash) -> Option<Arc<[u8]>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn put(&self, key: Hash, value: &[u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(key, Arc::from(value));
    }
}

/// Remembers nothing.
#[derive(Debug, Default, Clone, Copy)]
pub struct NoMemo;

impl Memo for NoMemo {
    fn get(&self, _: &Hash) -> Option<Arc<[u8]>> {
        None
    }
    fn put(&self, _: Hash, _: &[u8]) {}
}
