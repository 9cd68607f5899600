//! From the scopes of Sublime syntaxes to the theme's short classes.

use std::sync::LazyLock;

use syntect::parsing::Scope;

/// What a scope does to the class of the text below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effect {
    /// Nothing: the class of the scope around it stays.
    Inherit,
    /// The text is plain again, as code inside of a string.
    Plain,
    /// The text gets this class.
    Class(u8),
    /// The text is a key, and stays one inside of a string.
    Key,
}

/// Scope prefixes and classes. Of several that fit, the longest counts.
const TABLE: &[(&str, u8)] = &[
    ("comment", b'c'),
    ("punctuation.definition.comment", b'c'),
    ("string", b's'),
    ("string.regexp", b'r'),
    ("string.unquoted.plain.out.yaml", 0),
    ("string.unquoted.plain.in.yaml", 0),
    ("string.unquoted.heredoc", b's'),
    ("constant.character.escape", b'r'),
    ("constant.other.placeholder", b'r'),
    ("constant.numeric", b'n'),
    ("constant.language", b'b'),
    ("constant", b'b'),
    ("support.constant", b'b'),
    ("support.function.builtin", b'f'),
    ("variable.language", b'b'),
    ("keyword", b'k'),
    ("keyword.operator", b'o'),
    ("keyword.operator.word", b'k'),
    ("storage", b'k'),
    ("entity.name.function", b'f'),
    ("support.function", b'f'),
    ("variable.function", b'f'),
    ("entity.name", b't'),
    ("entity.name.tag", b'g'),
    ("entity.name.section", b'h'),
    ("entity.name.label", b'm'),
    ("entity.name.constant", b'b'),
    ("support.type", b't'),
    ("support.class", b't'),
    ("entity.other.inherited-class", b't'),
    ("entity.other.attribute-name", b'a'),
    ("variable.annotation", b'a'),
    ("entity.name.function.decorator", b'a'),
    ("meta.annotation", b'a'),
    ("variable", b'v'),
    ("variable.other.constant", b'b'),
    ("variable.other.member", b'p'),
    ("variable.other.property", b'p'),
    ("meta.preprocessor", b'm'),
    ("meta.diff.header", b'm'),
    ("meta.separator", b'm'),
    ("markup.inserted", b'i'),
    ("markup.deleted", b'd'),
    ("markup.heading", b'h'),
    ("markup.italic", b'e'),
    ("markup.bold", b'e'),
    ("markup.raw", b's'),
    ("markup.underline.link", b's'),
    ("invalid", b'e'),
];

const KEYS: &[&str] = &[
    "entity.name.tag.yaml",
    "meta.mapping.key",
    "entity.name.tag.toml",
    "variable.other.key",
    "support.type.property-name",
    "meta.structure.dictionary.key",
];

const PLAIN: &[&str] = &["meta.interpolation", "meta.template.expression", "meta.embedded", "source"];

static COMPILED: LazyLock<Vec<(Scope, Effect)>> = LazyLock::new(|| {
    let table =
        TABLE.iter().map(|(text, class)| (*text, if *class == 0 { Effect::Inherit } else { Effect::Class(*class) }));
    let keys = KEYS.iter().map(|text| (*text, Effect::Key));
    let plain = PLAIN.iter().map(|text| (*text, Effect::Plain));
    let mut all: Vec<(Scope, Effect)> =
        table.chain(keys).chain(plain).filter_map(|(text, effect)| Some((Scope::new(text).ok()?, effect))).collect();
    all.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
    all
});

/// What a scope does.
pub(super) fn effect(scope: Scope) -> Effect {
    COMPILED.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map_or(Effect::Inherit, |(_, effect)| *effect)
}
