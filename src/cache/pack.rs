//! The file of the cache: values one after the other, then the list of them, then its end.
//!
//! The list has for each value its key, where it stands, how long it is, and the beginning of its
//! hash. The end has the place, length and hash of the list, and the name of the form, so that a
//! file that was cut is noticed at once, and a value that was damaged when it is read.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use crate::base::Hash;

/// The last bytes of a file.
const MAGIC: &[u8; 16] = b"catalog memo 1\r\n";
/// Key, place, length, beginning of the value's hash.
const ENTRY: usize = 32 + 8 + 4 + 8;
/// Place and number of the entries, the hash of them, the name of the form.
const END: usize = 8 + 8 + 32 + MAGIC.len();
/// Most bytes that wait to be written.
const BUFFER: usize = 256 * 1024;

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) at: u64,
    pub(super) length: u32,
    check: [u8; 8],
}

/// A file of an earlier run.
#[derive(Debug)]
pub(super) struct Reader(File);

impl Reader {
    /// Opens a file and reads its list. Whatever is wrong with it, it is none.
    pub(super) fn open(path: &Path) -> Option<(Self, Vec<(Hash, Place)>)> {
        let mut file = File::open(path).ok()?;
        let size = file.metadata().ok()?.len();
        file.seek(SeekFrom::Start(size.checked_sub(END as u64)?)).ok()?;
        let mut end = [0; END];
        file.read_exact(&mut end).ok()?;
        let [at, count] = [number(&end[..8]), number(&end[8..16])];
        let length = count.checked_mul(ENTRY as u64)?;
        if &end[48..] != MAGIC || at.checked_add(length)?.checked_add(END as u64)? != size {
            return None;
        }
        let mut list = vec![0; usize::try_from(length).ok()?];
        file.seek(SeekFrom::Start(at)).ok()?;
        file.read_exact(&mut list).ok()?;
        if Hash::of(&list).bytes()[..] != end[16..48] {
            return None;
        }
        let places = list.chunks_exact(ENTRY).map(|entry| {
            let length = u32::from_le_bytes(entry[40..44].try_into().unwrap_or_default());
            let check = entry[44..52].try_into().unwrap_or_default();
            let key = Hash::from_bytes(entry[..32].try_into().unwrap_or_default());
            (key, Place { at: number(&entry[32..40]), length, check })
        });
        // What would lie outside was not written by this program.
        let places = places.filter(|(_, place)| place.at.saturating_add(u64::from(place.length)) <= at).collect();
        Some((Self(file), places))
    }

    /// A value, when it is as it was written.
    pub(super) fn value(&mut self, place: Place) -> Option<Vec<u8>> {
        read(&mut self.0, place)
    }
}

/// The file of this run.
#[derive(Debug)]
pub(super) struct Writer {
    file: tempfile::NamedTempFile,
    /// Bytes that are in the file.
    written: u64,
    /// Bytes that wait.
    buffer: Vec<u8>,
}

impl Writer {
    /// Begins a file in a folder; none where that cannot be.
    #[allow(clippy::disallowed_methods, reason = "the cache is no output, and is written here alone")]
    pub(super) fn new(folder: &Path) -> Option<Self> {
        std::fs::create_dir_all(folder).ok()?;
        let file = tempfile::Builder::new().prefix(".memo-").tempfile_in(folder).ok()?;
        Some(Self { file, written: 0, buffer: Vec::new() })
    }

    /// How many bytes of values it holds.
    pub(super) fn length(&self) -> u64 {
        self.written + self.buffer.len() as u64
    }

    /// Adds a value.
    pub(super) fn add(&mut self, value: &[u8]) -> Option<Place> {
        let place = Place { at: self.length(), length: u32::try_from(value.len()).ok()?, check: check(value) };
        self.buffer.extend_from_slice(value);
        if self.buffer.len() > BUFFER {
            self.flush()?;
        }
        Some(place)
    }

    /// A value of this run.
    pub(super) fn value(&mut self, place: Place) -> Option<Vec<u8>> {
        if let Some(from) = place.at.checked_sub(self.written) {
            let from = usize::try_from(from).ok()?;
            return self.buffer.get(from..from + place.length as usize).map(<[u8]>::to_vec);
        }
        read(self.file.as_file_mut(), place)
    }

    /// Ends the file with its list, and gives it its name.
    pub(super) fn finish(mut self, places: &[(Hash, Place)], path: &Path) -> Option<()> {
        let mut list = Vec::with_capacity(places.len() * ENTRY);
        for (key, place) in places {
            list.extend_from_slice(key.bytes());
            list.extend_from_slice(&place.at.to_le_bytes());
            list.extend_from_slice(&place.length.to_le_bytes());
            list.extend_from_slice(&place.check);
        }
        let (at, hash) = (self.length(), Hash::of(&list));
        self.buffer.append(&mut list);
        self.buffer.extend_from_slice(&at.to_le_bytes());
        self.buffer.extend_from_slice(&(places.len() as u64).to_le_bytes());
        self.buffer.extend_from_slice(hash.bytes());
        self.buffer.extend_from_slice(MAGIC);
        self.flush()?;
        self.file.persist(path).ok().map(|_| ())
    }

    fn flush(&mut self) -> Option<()> {
        let file = self.file.as_file_mut();
        file.seek(SeekFrom::Start(self.written)).ok()?;
        file.write_all(&self.buffer).ok()?;
        self.written += self.buffer.len() as u64;
        self.buffer.clear();
        Some(())
    }
}

fn read(file: &mut File, place: Place) -> Option<Vec<u8>> {
    let mut value = vec![0; place.length as usize];
    file.seek(SeekFrom::Start(place.at)).ok()?;
    file.read_exact(&mut value).ok()?;
    (check(&value) == place.check).then_some(value)
}

fn check(value: &[u8]) -> [u8; 8] {
    let mut check = [0; 8];
    check.copy_from_slice(&Hash::of(value).bytes()[..8]);
    check
}

fn number(bytes: &[u8]) -> u64 {
    u64::from_le_bytes(bytes.try_into().unwrap_or_default())
}
