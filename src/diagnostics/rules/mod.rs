//! The table of codes, in files by subject. `catalog explain`, the rule reference, the settings'
//! schema and the reports read it; every finding names one of its rows. The examples stand in
//! `examples/`.

mod apis;
mod architecture;
mod codeowners;
mod definitions;
mod docs;
mod fields;
mod locations;
mod ownership;
mod published;
mod reading;
mod references;
mod settings;
mod suppressions;
mod templates;
mod texts;
mod themes;

use std::sync::LazyLock;

pub use apis::*;
pub use architecture::*;
pub use codeowners::*;
pub use definitions::*;
pub use docs::*;
pub use fields::*;
pub use locations::*;
pub use ownership::*;
pub use published::*;
pub use reading::*;
pub use references::*;
pub use settings::*;
pub use suppressions::*;
pub use templates::*;
pub use texts::*;
pub use themes::*;

use super::codes::Rule;

/// Rows of the table: a name, the code, the group, what is reported, why that is bad.
macro_rules! rules {
    ($($name:ident = $code:literal, $group:ident, $what:literal, $why:literal;)*) => {
        $(
            #[doc = $what]
            pub static $name: $crate::diagnostics::Rule = $crate::diagnostics::Rule {
                code: $code,
                group: $crate::diagnostics::Group::$group,
                since: "0.1.0",
                what: $what,
                why: $why,
                examples: include_str!(concat!("../examples/", $code, ".txt")),
            };
        )*
        /// The rows of this file.
        pub(super) static ROWS: &[&$crate::diagnostics::Rule] = &[$(&$name),*];
    };
}
use rules;

/// All rules, in the order of their subject.
pub static RULES: LazyLock<Vec<&'static Rule>> = LazyLock::new(|| {
    let files = [
        reading::ROWS,
        fields::ROWS,
        references::ROWS,
        published::ROWS,
        ownership::ROWS,
        codeowners::ROWS,
        architecture::ROWS,
        texts::ROWS,
        locations::ROWS,
        themes::ROWS,
        templates::ROWS,
        docs::ROWS,
        apis::ROWS,
        definitions::ROWS,
        suppressions::ROWS,
        settings::ROWS,
    ];
    files.concat()
});

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}
