//! Paths inside a repository: forward slashes, no leading slash, never above the root.

/// Why a path could not be joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PathError {
    /// It climbs above the repository's root.
    Outside,
    /// It holds a NUL byte or is longer than any file system takes.
    Invalid,
}

/// Longest path that is looked at.
pub const MAX_PATH: usize = 4096;

/// The folder a file stands in; empty for files at the root.
pub fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |at| &path[..at])
}

/// The last part of a path.
pub fn file_name(path: &str) -> &str {
    path.rfind('/').map_or(path, |at| &path[at + 1..])
}

/// The extension in lower case, without its dot; empty when there is none.
pub fn extension(path: &str) -> String {
    let name = file_name(path);
    match name.rfind('.') {
        Some(at) if at > 0 => name[at + 1..].to_ascii_lowercase(),
        _ => String::new(),
    }
}

/// Joins a relative target to a folder and resolves `.` and `..`. A target that begins with `/`
/// is taken from the repository's root. Back slashes count as slashes.
pub fn join(folder: &str, target: &str) -> Result<String, PathError> {
    if target.len() > MAX_PATH || target.contains('\0') {
        return Err(PathError::Invalid);
    }
    let target = target.replace('\\', "/");
    let base = if target.starts_with('/') { "" } else { folder };
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(PathError::Outside)?;
            }
            other => parts.push(other),
        }
    }
    Ok(parts.join("/"))
}

/// The relative path that leads from one file's folder to another file.
pub fn relative(from_file: &str, to_file: &str) -> String {
    let from: Vec<&str> = parent(from_file).split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = to_file.split('/').collect();
    let common = from.iter().zip(&to[..to.len() - 1]).take_while(|(a, b)| a == b).count();
    let mut out = "../".repeat(from.len() - common);
    out.push_str(&to[common..].join("/"));
    out
}

/// Undoes percent-encoding where the result is UTF-8; else the text as it was.
pub fn percent_decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_owned();
    }
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = (bytes[at] == b'%')
            .then(|| bytes.get(at + 1..at + 3))
            .flatten()
            .and_then(|pair| std::str::from_utf8(pair).ok())
            .and_then(|pair| u8::from_str_radix(pair, 16).ok());
        match hex {
            Some(byte) => {
                out.push(byte);
                at += 3;
            }
            None => {
                out.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn targets_are_joined_inside_the_repository_only() {
        assert_eq!(join("a/b", "../c.yaml"), Ok("a/c.yaml".to_owned()));
        assert_eq!(join("a/b", "/c.yaml"), Ok("c.yaml".to_owned()));
        assert_eq!(join("a", "./x//y/./z"), Ok("a/x/y/z".to_owned()));
        assert_eq!(join("a", "../../x"), Err(PathError::Outside));
        assert_eq!(join("a", "..\\..\\x"), Err(PathError::Outside));
        assert_eq!(join("", "a\0b"), Err(PathError::Invalid));
    }

    #[test]
    fn relative_paths_lead_from_file_to_file() {
        assert_eq!(relative("a/b/c.html", "a/d.html"), "../d.html");
        assert_eq!(relative("index.html", "a/d.html"), "a/d.html");
        assert_eq!(relative("a/b.html", "a/b.html"), "b.html");
    }

    proptest! {
        #[test]
        fn no_target_leaves_the_repository(folder in "[a-z/]{0,12}", target in "[a-z./\\\\%]{0,40}") {
            if let Ok(path) = join(&folder, &target) {
                prop_assert!(!path.starts_with('/'));
                prop_assert!(!path.split('/').any(|part| part == ".." || part == "."));
                prop_assert_eq!(join("", &path), Ok(path));
            }
        }

        #[test]
        fn relative_and_join_are_inverse(from in "([a-z]{1,3}/){0,4}[a-z]{1,3}", to in "([a-z]{1,3}/){0,4}[a-z]{1,3}") {
            prop_assert_eq!(join(parent(&from), &relative(&from, &to)), Ok(to));
        }
    }
}
