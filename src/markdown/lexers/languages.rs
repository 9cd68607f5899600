//! The languages that `code` reads, one row each.

use super::code::{Language, Quote, Rules};

/// The language with this name.
pub(super) fn language(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.names.contains(&name))
}

/// The names of all of them.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    LANGUAGES.iter().flat_map(|language| language.names.iter().copied())
}

const LINE: &[Quote] = &[("\"", true, false), ("'", true, false)];
const RULES: Rules = Rules {
    any_case: false,
    capitals: false,
    annotations: false,
    keys: false,
    line_keywords: false,
    rust: false,
    slashes: false,
    prefixes: false,
    dollars: false,
};
const NONE: Language = Language {
    names: &[],
    keywords: "",
    constants: "",
    types: "",
    functions: "",
    before_function: "",
    before_type: "",
    line_comments: &["//"],
    block_comment: Some(("/*", "*/")),
    strings: LINE,
    rules: RULES,
};

static LANGUAGES: &[Language] = &[
    Language {
        names: &["python", "py"],
        keywords: "and as assert async await break case class continue def del elif else except finally for from global if import in is lambda match nonlocal not or pass raise return try while with yield",
        constants: "True False None self cls __name__",
        types: "int str float bool bytes list dict set tuple object type",
        functions: "",
        before_function: "def",
        before_type: "class",
        line_comments: &["#"],
        block_comment: None,
        strings: &[("\"\"\"", true, true), ("'''", true, true), ("\"", true, false), ("'", true, false)],
        rules: Rules { capitals: true, annotations: true, prefixes: true, ..RULES },
    },
    Language {
        names: &["go"],
        keywords: "break case chan const continue default defer else fallthrough for func go goto if import interface map package range return select struct switch type var",
        constants: "true false nil iota",
        types: "string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 float32 float64 byte rune bool error any uintptr complex64 complex128",
        before_function: "func",
        before_type: "type",
        strings: &[("\"", true, false), ("'", true, false), ("`", false, true)],
        ..NONE
    },
    Language {
        names: &["java", "kotlin", "groovy", "gradle", "scala"],
        keywords: "abstract as assert break by case catch class const constructor continue data def default do else enum extends final finally for fun goto if implements import in instanceof interface internal is lateinit native new object open operator override package private protected public record return sealed static strictfp super suspend switch synchronized this throw throws trait transient try val var void volatile when where while yield",
        constants: "true false null it",
        types: "boolean byte char double float int long short",
        before_function: "fun def",
        before_type: "class interface enum record object trait extends implements new",
        strings: &[("\"\"\"", true, true), ("\"", true, false), ("'", true, false)],
        rules: Rules { capitals: true, annotations: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["javascript", "typescript", "ts", "jsx", "tsx"],
        keywords: "abstract as async await break case catch class const continue declare default delete do else enum export extends finally for from function get if implements import in infer instanceof interface is keyof let namespace new of private protected public readonly return satisfies set static super switch throw try type typeof var void while with yield",
        constants: "true false null undefined this NaN Infinity",
        types: "string number boolean any unknown never object symbol bigint",
        before_function: "function",
        before_type: "class interface type enum extends implements new namespace",
        strings: &[("`", true, true), ("\"", true, false), ("'", true, false)],
        rules: Rules { capitals: true, annotations: true, slashes: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["rust", "rs"],
        keywords: "as async await break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return static struct super trait type union unsafe use where while",
        constants: "true false self Self None",
        types: "i8 i16 i32 i64 i128 isize u8 u16 u32 u64 u128 usize f32 f64 bool char str",
        before_function: "fn",
        before_type: "struct enum trait type impl mod",
        strings: &[("\"", true, true), ("'", true, false)],
        rules: Rules { capitals: true, rust: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["c", "h", "cpp", "cs", "proto"],
        keywords: "abstract alignas as async auto await base break case catch class const constexpr continue default delegate delete do else enum event explicit export extern final finally for foreach friend get goto if import in inline interface internal is lock message namespace new noexcept oneof operator option out override package partial private protected public readonly record ref repeated reserved optional required return returns rpc sealed service set sizeof static struct switch syntax template this throw try typedef typename union using var virtual volatile where while yield",
        constants: "true false null nullptr NULL",
        types: "bool byte bytes char decimal double fixed32 fixed64 float int int32 int64 long object short signed sint32 sint64 size_t string uint uint32 uint64 unsigned void map",
        before_type: "class struct enum interface message service namespace new union record",
        strings: LINE,
        rules: Rules { capitals: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["terraform"],
        keywords: "for in if else endif endfor",
        constants: "true false null",
        types: "string number bool list map set object tuple any resource data variable output module provider locals terraform moved import check",
        line_comments: &["#", "//"],
        strings: &[("\"", true, false)],
        rules: Rules { keys: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["sql"],
        keywords: "add all alter and any as asc between by cascade case check column commit constraint create cross database default delete desc distinct drop else end except exists explain false foreign from full function grant group having if in index inner insert intersect into is join key left like limit natural not null offset on or order outer partition primary references replace returning revoke right rollback row select set table temporary then to transaction trigger true truncate union unique update using values view when where window with over begin",
        types: "bigint blob bool boolean bytea char date decimal double float int integer interval json jsonb numeric real serial smallint text time timestamp timestamptz uuid varchar",
        line_comments: &["--"],
        strings: &[("'", false, true), ("\"", false, false)],
        rules: Rules { any_case: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["powershell", "pwsh", "ps1", "psm1"],
        keywords: "begin break catch class continue do dynamicparam else elseif end enum exit filter finally for foreach function if in param process return switch throw trap try until using while",
        before_function: "function filter",
        before_type: "class enum",
        line_comments: &["#"],
        block_comment: Some(("<#", "#>")),
        strings: &[("\"", false, true), ("'", false, true)],
        rules: Rules { any_case: true, dollars: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["dockerfile", "containerfile"],
        keywords: "ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN SHELL STOPSIGNAL USER VOLUME WORKDIR",
        line_comments: &["# "],
        block_comment: None,
        rules: Rules { any_case: true, line_keywords: true, dollars: true, ..RULES },
        ..NONE
    },
    Language {
        names: &["ini"],
        constants: "true false yes no on off",
        line_comments: &["#", ";"],
        block_comment: None,
        strings: &[("\"", true, false)],
        rules: Rules { keys: true, ..RULES },
        ..NONE
    },
];
