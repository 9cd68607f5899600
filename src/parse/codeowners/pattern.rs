//! A pattern of a CODEOWNERS file, compiled: a list of segments, matched against those of a path.
//! Both dialects come down to the same few kinds of segments, and what only one of them has (what
//! `docs` without a slash means, for example) is settled when it is compiled.
//!
//! Matching is the usual greedy walk with one step back, so that no pattern can be slow on purpose.

/// A compiled pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern {
    segments: Vec<Segment>,
}

/// A part between slashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Segment {
    /// `**`: any number of folders, also none.
    AnyDepth,
    /// A name, or a pattern of names.
    Name(Vec<Token>),
}

/// A part of a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// A character.
    Char(char),
    /// `?`
    One,
    /// `*`
    Many,
    /// `[a-z]`, in GitLab's dialect.
    Class {
        /// Whether it is of all other characters.
        negated: bool,
        /// First and last characters.
        ranges: Vec<(char, char)>,
    },
}

/// What narrows down the paths that a pattern can match, so that it need not be tried on all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Key {
    /// The folders that the path begins with, or the whole path.
    Prefix(String),
    /// Some name of the path.
    Some(String),
    /// What stands behind the last dot of some name of the path.
    Ending(String),
    /// Nothing does.
    None,
}

impl Pattern {
    pub(super) fn new(segments: Vec<Segment>) -> Self {
        Self { segments }
    }

    /// Whether it matches a file's path, from the root of the repository.
    pub fn matches(&self, path: &str) -> bool {
        self.matches_names(&apart(path))
    }

    /// The same, of a path that was taken apart, for many patterns.
    pub(super) fn matches_names(&self, names: &[Vec<char>]) -> bool {
        walk(&self.segments, names, |segment| *segment == Segment::AnyDepth, |segment, name| segment.matches(name))
    }

    /// Whether every path that another one matches is matched by this one too. Never wrong, but
    /// does not see all cases: only what can be told from the two texts.
    pub fn covers(&self, other: &Self) -> bool {
        let covers =
            |other: &[Segment]| walk(&self.segments, other, |segment| *segment == Segment::AnyDepth, Segment::covers);
        match other.segments.split_last() {
            // A file or folder, or what is in it: two cases, of which each must be covered.
            Some((Segment::AnyDepth, itself)) if !itself.is_empty() => {
                let below = [&other.segments[..], &[Segment::any_name()]].concat();
                covers(itself) && covers(&below)
            }
            _ => covers(&other.segments),
        }
    }

    /// Whether it matches every file there is.
    pub fn is_everything(&self) -> bool {
        matches!(&self.segments[..], [Segment::AnyDepth, Segment::Name(name)] if name[..] == [Token::Many])
    }

    pub(super) fn key(&self) -> Key {
        let fixed = self.segments.iter().map_while(|segment| match segment {
            Segment::Name(name) => literal(name),
            Segment::AnyDepth => None,
        });
        let fixed: Vec<String> = fixed.collect();
        if !fixed.is_empty() {
            return Key::Prefix(fixed.join("/"));
        }
        let names = self.segments.iter().filter_map(|segment| match segment {
            Segment::Name(name) => Some(name),
            Segment::AnyDepth => None,
        });
        if let Some(text) = names.clone().find_map(|name| literal(name)) {
            return Key::Some(text);
        }
        names.clone().find_map(|name| ending(name)).map_or(Key::None, Key::Ending)
    }
}

impl Segment {
    /// `*`
    pub(super) fn any_name() -> Self {
        Self::Name(vec![Token::Many])
    }

    fn matches(&self, name: &[char]) -> bool {
        match self {
            Self::AnyDepth => true,
            // A name that is empty stands for no file: `a//b`.
            Self::Name(tokens) => !name.is_empty() && walk(tokens, name, |token| *token == Token::Many, Token::matches),
        }
    }

    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::AnyDepth, _) => true,
            (Self::Name(_), Self::AnyDepth) => false,
            (Self::Name(own), Self::Name(other)) => walk(own, other, |token| *token == Token::Many, Token::covers),
        }
    }
}

impl Token {
    fn matches(&self, character: &char) -> bool {
        match self {
            Self::Char(own) => own == character,
            Self::One | Self::Many => true,
            Self::Class { negated, ranges } => {
                ranges.iter().any(|(first, last)| (first..=last).contains(&character)) != *negated
            }
        }
    }

    fn covers(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Many, _) => true,
            (_, Self::Many) => false,
            (Self::One, _) => true,
            (_, Self::Char(character)) => self.matches(character),
            _ => self == other,
        }
    }
}

/// The names of a path.
pub(super) fn apart(path: &str) -> Vec<Vec<char>> {
    path.split('/').map(|name| name.chars().collect()).collect()
}

/// A name without wildcards.
fn literal(name: &[Token]) -> Option<String> {
    name.iter().map(|token| if let Token::Char(character) = token { Some(*character) } else { None }).collect()
}

/// What stands behind the last dot, when that is plain text: `ts` of `*.spec.ts`.
fn ending(name: &[Token]) -> Option<String> {
    let dot = name.iter().rposition(|token| *token == Token::Char('.'))?;
    literal(&name[dot + 1..])
}

/// Matches a list of parts against a list of items, where a star takes any number of items. Going
/// back to the last star is enough, because a star before it could take no other items to better
/// use.
fn walk<P, S>(parts: &[P], items: &[S], is_star: impl Fn(&P) -> bool, fits: impl Fn(&P, &S) -> bool) -> bool {
    let (mut part, mut item) = (0, 0);
    // The last star, and the item that it is to take next.
    let mut star: Option<(usize, usize)> = None;
    while item < items.len() {
        match parts.get(part) {
            Some(one) if is_star(one) => {
                star = Some((part, item));
                part += 1;
            }
            Some(one) if fits(one, &items[item]) => {
                part += 1;
                item += 1;
            }
            _ => {
                let Some((at, next)) = &mut star else { return false };
                *next += 1;
                part = *at + 1;
                item = *next;
            }
        }
    }
    parts[part.min(parts.len())..].iter().all(is_star)
}

/// Takes the text of a pattern apart at its slashes, escapes resolved.
pub(super) fn names(text: &str, has_classes: bool) -> Vec<Vec<Token>> {
    let mut names = vec![Vec::new()];
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        let token = match character {
            '/' => {
                names.push(Vec::new());
                continue;
            }
            '\\' => Token::Char(rest.next().unwrap_or('\\')),
            '?' => Token::One,
            '*' => Token::Many,
            '[' if has_classes => match class(&mut rest.clone()) {
                Some((token, length)) => {
                    rest.by_ref().take(length).for_each(drop);
                    token
                }
                None => Token::Char('['),
            },
            other => Token::Char(other),
        };
        if let Some(name) = names.last_mut() {
            name.push(token);
        }
    }
    names
}

/// What stands behind a `[`, with the number of characters up to its `]`.
fn class(rest: &mut impl Iterator<Item = char>) -> Option<(Token, usize)> {
    let mut length = 0;
    let mut characters: Vec<(char, bool)> = Vec::new();
    loop {
        length += 1;
        match rest.next()? {
            ']' => break,
            '/' => return None,
            '\\' => {
                length += 1;
                characters.push((rest.next()?, true));
            }
            other => characters.push((other, false)),
        }
    }
    let negated = matches!(characters.first(), Some(('^' | '!', false)));
    let characters = &characters[usize::from(negated)..];
    let mut ranges = Vec::new();
    let mut at = 0;
    while let Some(&(first, _)) = characters.get(at) {
        match (characters.get(at + 1), characters.get(at + 2)) {
            (Some(('-', false)), Some(&(last, _))) => {
                ranges.push((first, last));
                at += 3;
            }
            _ => {
                ranges.push((first, first));
                at += 1;
            }
        }
    }
    (!ranges.is_empty()).then_some((Token::Class { negated, ranges }, length))
}
