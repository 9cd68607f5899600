//! What a text that could not be read as a document says of itself all the same, line by line: its
//! kind and names. A guess, only good for keeping silent about what the document would have answered.

/// Values of one sort that are kept: a conflict has two, a missing separator as many as there are
/// entities.
const MOST: usize = 64;

/// What lines of a broken document say.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Salvaged {
    /// Values of `kind`.
    pub kinds: Vec<String>,
    /// Values of `metadata.namespace`.
    pub namespaces: Vec<String>,
    /// Values of `metadata.name`.
    pub names: Vec<String>,
}

/// Reads what can be read.
pub fn salvage(text: &str) -> Salvaged {
    let mut out = Salvaged::default();
    let mut section = "";
    for line in text.lines() {
        let content = line.trim_start();
        let word: &str = content.split(|one: char| !one.is_ascii_alphanumeric()).next().unwrap_or("");
        let value = &content[word.len()..];
        let is_root = content.len() == line.len();
        match word {
            "kind" if is_root => keep(&mut out.kinds, value),
            "name" if section == "metadata" => keep(&mut out.names, value),
            "namespace" if section == "metadata" => keep(&mut out.namespaces, value),
            "metadata" => in_braces(value, &mut out),
            _ => {}
        }
        if is_root && !word.is_empty() {
            section = word;
        }
    }
    out
}

/// `metadata: {name: a, namespace: b}`
fn in_braces(value: &str, out: &mut Salvaged) {
    let Some((_, inner)) = value.split_once('{') else { return };
    for part in inner.split(',') {
        match part.split_once(':').map(|(key, value)| (key.trim(), value)) {
            Some(("name", value)) => keep(&mut out.names, value),
            Some(("namespace", value)) => keep(&mut out.namespaces, value),
            _ => {}
        }
    }
}

fn keep(values: &mut Vec<String>, written: &str) {
    let is_part = |one: char| one.is_ascii_alphanumeric() || matches!(one, '-' | '_' | '.');
    let value = written.trim_start_matches(|one: char| !is_part(one)).split(|one: char| !is_part(one)).next();
    if let Some(value) = value.filter(|value| !value.is_empty() && values.len() < MOST) {
        values.push(value.to_owned());
    }
}

/// The words of a text that may be names, in lower case.
pub fn words(text: &str) -> impl Iterator<Item = String> {
    let is_part = |one: char| one.is_alphanumeric() || matches!(one, '-' | '_' | '.');
    text.split(move |one| !is_part(one))
        .map(|word| word.trim_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let found = salvage(text);
        format!("{}:{}/{}", found.kinds.join(","), found.namespaces.join(","), found.names.join(","))
    }

    #[test]
    fn a_kind_and_a_name_are_found_in_what_is_broken() {
        assert_eq!(
            read("kind: API\nmetadata:\n  name: orders\n  namespace: 'shop'\nspec:\n  name: x\n"),
            "API:shop/orders"
        );
        assert_eq!(read("kind Group\nmetadata\n\u{a0} name team-a # a\n title: b\n"), "Group:/team-a");
        assert_eq!(read("kind: API\nmetadata: {name: a, namespace: b}\nspec: ["), "API:b/a");
        assert_eq!(read("kind: A\nmetadata:\n<<<<<<< x\n  name: a\n=======\n  name: b\n>>>>>>> y\n"), "A:/a,b");
        assert_eq!(read("kind:\nmetadata:\n  name: \n"), ":/");
    }

    #[test]
    fn words_are_what_names_are_made_of() {
        assert_eq!(
            words("dependsOn: [component:shop/Cart.]").collect::<Vec<_>>(),
            ["dependson", "component", "shop", "cart"]
        );
    }
}
