//! Formulas to MathML at build time. What stands between dollars and is no formula, such as
//! prices and variables of a shell, stays the text that it is.

use std::ops::Range;

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

use super::guard::guarded;
use super::text::escape;
use super::writer::Writer;
use super::{Undrawn, UndrawnKind};

/// Longest formula, in bytes.
const MAX_FORMULA: usize = 4 * 1024;
/// Longest result, in bytes.
const MAX_OUTPUT: usize = 128 * 1024;
/// Deepest nesting of braces and environments.
const MAX_NESTING: usize = 40;
/// Most formulas of a page.
const MAX_FORMULAS: usize = 2_000;
/// What MathML may hold. The converter writes no other; this is checked all the same.
const ELEMENTS: &[&str] = &[
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "ms",
    "mtext",
    "mspace",
    "mfrac",
    "msqrt",
    "mroot",
    "msub",
    "msup",
    "msubsup",
    "munder",
    "mover",
    "munderover",
    "mmultiscripts",
    "mprescripts",
    "none",
    "mtable",
    "mtr",
    "mtd",
    "mstyle",
    "mpadded",
    "mphantom",
    "menclose",
];
const ATTRIBUTES: &[&str] = &[
    "display",
    "displaystyle",
    "scriptlevel",
    "mathvariant",
    "stretchy",
    "symmetric",
    "largeop",
    "movablelimits",
    "fence",
    "separator",
    "form",
    "lspace",
    "rspace",
    "minsize",
    "maxsize",
    "accent",
    "accentunder",
    "linethickness",
    "width",
    "height",
    "depth",
    "voffset",
    "columnspan",
    "rowspan",
];

/// The MathML of a formula; or why there is none.
pub(super) fn mathml(formula: &str, display: bool) -> Result<String, String> {
    if formula.len() > MAX_FORMULA {
        return Err(format!("it is longer than {} KiB", MAX_FORMULA / 1024));
    }
    if nesting(formula) > MAX_NESTING {
        return Err(format!("it is nested deeper than {MAX_NESTING}"));
    }
    if ["\\def", "\\newcommand", "\\renewcommand", "\\let", "\\gdef", "\\providecommand"]
        .iter()
        .any(|word| formula.contains(word))
    {
        // Macros that double themselves grow without bound.
        return Err("macros are not defined here".to_owned());
    }
    let mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    // Foreign code on foreign text, without state that a panic could break.
    let formula = masked(formula);
    let out = guarded(|| convert(&formula, mode)).ok_or_else(|| "the converter failed on it".to_owned())??;
    finished(&out).ok_or_else(|| "it is not understood".to_owned())
}

fn convert(formula: &str, display_mode: DisplayMode) -> Result<String, String> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(formula, &storage) {
        events.push(Ok(event.map_err(|error| reason(&error.to_string()))?));
    }
    let mut out = String::new();
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let events = events.into_iter().map(|event: Result<_, std::fmt::Error>| event);
    push_mathml(&mut out, events, config).map_err(|_| "it is not understood".to_owned())?;
    Ok(out)
}

/// The words of an error, without the excerpt.
fn reason(message: &str) -> String {
    let line = message.lines().find(|line| !line.trim().is_empty()).unwrap_or("it is not understood");
    line.trim_start_matches("error:").trim().chars().filter(|c| !c.is_control()).take(120).collect()
}

/// The converter's result with its text escaped and its styles as classes; `None` when it holds
/// anything that is not known. The converter writes text as it finds it, and `masked` made sure
/// that no text looks like a tag.
fn finished(html: &str) -> Option<String> {
    if html.len() > MAX_OUTPUT {
        return None;
    }
    let mut out = String::with_capacity(html.len());
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let next = rest[1..].chars().next();
        if rest.starts_with('&') {
            let known = ["&lt;", "&gt;", "&amp;", "&#"].iter().any(|start| rest.starts_with(start));
            out.push_str(if known { "&" } else { "&amp;" });
            rest = &rest[1..];
        } else if let Some(after) = rest.strip_prefix("</") {
            let (name, after) = after.split_once('>')?;
            if open.pop() != Some(name) {
                return None;
            }
            out.push_str(&format!("</{name}>"));
            rest = after;
        } else if next.is_some_and(|c| c.is_ascii_alphabetic()) {
            let (tag, after) = rest[1..].split_once('>')?;
            let (tag, empty) = tag.strip_suffix('/').map_or((tag, false), |tag| (tag.trim_end(), true));
            let name = tag.split(' ').next().filter(|name| ELEMENTS.contains(name))?;
            out.push_str(&format!("<{name}{}>", attributes(&tag[name.len()..])?));
            if empty {
                out.push_str(&format!("</{name}>"));
            } else {
                open.push(name);
            }
            rest = after;
        } else {
            out.push_str("&lt;");
            rest = &rest[1..];
        }
    }
    out.push_str(rest);
    open.is_empty().then_some(out)
}

/// The attributes of a tag; of `style` what the theme has a class for.
fn attributes(mut text: &str) -> Option<String> {
    let mut out = String::new();
    while !text.trim_start().is_empty() {
        let (name, after) = text.trim_start().split_once("=\"")?;
        let (value, after) = after.split_once('"')?;
        if value.contains(['<', '&']) || !name.chars().all(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        match name {
            "style" => {
                let class = [("right", "to-right"), ("left", "to-left")];
                if let Some((_, class)) = class.iter().find(|(side, _)| value.contains(&format!("text-align: {side}")))
                {
                    out.push_str(&format!(" class=\"{class}\""));
                }
            }
            _ if ATTRIBUTES.contains(&name) => out.push_str(&format!(" {name}=\"{value}\"")),
            _ => {}
        }
        text = after;
    }
    Some(out)
}

/// A formula in which no `<` is followed by what makes it look like a tag: a space says nothing
/// in a formula.
fn masked(formula: &str) -> String {
    let mut out = String::with_capacity(formula.len() + 8);
    for c in formula.chars() {
        if out.ends_with('<') && (c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            out.push(' ');
        }
        out.push(c);
    }
    out
}

fn nesting(formula: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for (at, c) in formula.char_indices() {
        match c {
            '{' | '[' => depth += 1,
            '}' | ']' => depth = depth.saturating_sub(1),
            '\\' if formula[at..].starts_with("\\begin") || formula[at..].starts_with("\\left") => depth += 1,
            '\\' if formula[at..].starts_with("\\end") || formula[at..].starts_with("\\right") => {
                depth = depth.saturating_sub(1);
            }
            '^' | '_' => {}
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    // `x^x^x^…` and `\frac\frac…` nest without braces.
    deepest.max(longest_chain(formula))
}

/// The longest run of commands that take what follows as their argument.
fn longest_chain(formula: &str) -> usize {
    let (mut run, mut longest) = (0_usize, 0);
    for part in formula.split_inclusive('\\') {
        let letters = part.trim_end_matches('\\');
        run = if !letters.is_empty() && letters.chars().all(|c| c.is_ascii_alphabetic() || c == ' ') {
            run + 1
        } else {
            0
        };
        longest = longest.max(run);
    }
    longest / 2
}

impl Writer<'_> {
    /// A formula that the parser found.
    pub(super) fn formula(&mut self, formula: &str, display: bool, range: &Range<usize>) {
        let written = self.source.text.get(range.clone()).unwrap_or("").to_owned();
        if self.image.is_some() || !(display || self.is_formula(formula, range)) {
            return self.inline(&written, super::text::escape_into);
        }
        let html = self.math(formula, display, range);
        self.text.push_str(formula);
        self.blob(html);
    }

    /// A formula in a fence of its own.
    pub(super) fn formula_block(&mut self, formula: &str, range: &Range<usize>) -> String {
        format!("<div class=\"formula\">{}</div>\n", self.math(formula.trim(), true, range))
    }

    fn math(&mut self, formula: &str, display: bool, range: &Range<usize>) -> String {
        self.formulas += 1;
        let converted = if self.formulas > MAX_FORMULAS {
            Err(format!("the page has more than {MAX_FORMULAS} formulas"))
        } else {
            mathml(formula, display)
        };
        match converted {
            Ok(html) if display => format!("<span class=\"formula\" tabindex=\"0\">{html}</span>"),
            Ok(html) => html,
            Err(why) => {
                let message = format!("a formula is shown as source: {why}");
                self.undrawn.push(Undrawn {
                    span: self.source.span(range.clone()),
                    kind: UndrawnKind::Formula,
                    message,
                });
                format!("<code class=\"formula-source\">{}</code>", escape(formula))
            }
        }
    }

    /// Whether what stands between single dollars is a formula: no space inside of the dollars,
    /// no letter or digit around them, and nothing that looks like a price or a variable.
    fn is_formula(&self, formula: &str, range: &Range<usize>) -> bool {
        let text = self.source.text.as_ref();
        let before = text.get(..range.start).and_then(|text| text.chars().next_back());
        let after = text.get(range.end..).and_then(|text| text.chars().next());
        let stuck = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '$' | '{' | '_' | '`'));
        let spaced = formula.starts_with(char::is_whitespace) || formula.ends_with(char::is_whitespace);
        // `${x}` is a variable of a shell or a template, not a group.
        let variable = formula.starts_with('{') || formula.starts_with('(');
        let prose = formula.contains('\n') || formula.split_whitespace().filter(|word| is_word(word)).count() > 1;
        let long_price =
            formula.starts_with(|c: char| c.is_ascii_digit()) && formula.contains(' ') && !has_sign(formula);
        !(formula.is_empty() || stuck(before) || stuck(after) || spaced || long_price)
            && (!(variable || prose) || has_sign(formula))
    }
}

/// A word of prose: letters alone, and more than two.
fn is_word(word: &str) -> bool {
    word.len() > 2 && word.chars().all(|c| c.is_alphabetic() || matches!(c, ',' | '.'))
}

fn has_sign(formula: &str) -> bool {
    formula.contains(['\\', '^', '_', '=', '<', '>', '+'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_mathml() {
        for formula in [
            r"\frac{a+b}{c}",
            r"x_i^2",
            r"\sum_{i=1}^n i = \frac{n(n+1)}{2}",
            r"\alpha + \Omega \to \infty",
            r"\begin{pmatrix} a & b \\ c & d \end{pmatrix}",
            r"\begin{bmatrix} 1 & 0 \\ 0 & 1 \end{bmatrix}",
            r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{otherwise} \end{cases}",
            r"\begin{align} a &= b \\ c &= d \end{align}",
            r"\begin{aligned} a &= b \\ &= d \end{aligned}",
            r"\mathbb{R} \subset \mathcal{L}",
            r"\hat{x} \bar{y} \vec{z} \dot{q} \tilde{n}",
            r"\sqrt[3]{x} \sqrt{2}",
            r"\int_0^\infty e^{-x^2} \, dx",
            r"\lim_{x \to 0} \frac{\sin x}{x} = 1",
            r"\left( \frac{1}{2} \right)",
            r"\mathrm{d}x \quad \mathbf{v}",
            r"\prod_{k} \binom{n}{k}",
            r"a \leq b \neq c \approx d",
            r"\underbrace{a+b}_{2} \overline{AB}",
            r"O(n \log n)",
            r"\partial_t u = \nabla^2 u",
            r"P(A \mid B)",
            r"p99 < 200\,\text{ms}",
            r"x'",
            r"\forall x \in X, \exists y",
            r"\lfloor x \rfloor",
            r"2 \times 10^{-3}",
            r"\operatorname{argmin}_x f",
            r"a \cdot b \oplus c",
            r"\xrightarrow{f}",
            r"\color{red} x",
        ] {
            let html = mathml(formula, false).unwrap_or_else(|why| panic!("{formula}: {why}"));
            assert!(html.starts_with("<math") && html.ends_with("</math>"), "{html}");
            assert!(!html.contains("style=") && !html.contains("merror"), "{html}");
        }
    }

    #[test]
    fn what_is_no_formula_is_refused() {
        let deep = "{".repeat(200);
        let chain = "\\frac".repeat(500);
        for formula in [
            r"\frac{a}",
            r"\unknown",
            r"{",
            r"}",
            r"\begin{matrix}",
            r"\end{x}",
            r"\left(",
            r"x^",
            r"\def\a{\a\a}\a",
            &deep,
            &chain,
        ] {
            assert!(mathml(formula, true).is_err(), "{formula}: {:?}", mathml(formula, true));
        }
    }

    #[test]
    fn dollars_in_prose_stay() {
        use crate::base::NoMemo;
        use crate::markdown::{Href, Options, render};
        for text in [
            "It costs $5 and $10.",
            "set $HOME and $PATH",
            "$HOME/bin:$PATH",
            "${x}/${y}",
            "a ${x} b ${y} c",
            "US$100-US$200",
            "from $5, up to $6",
            "$ x $",
            "one \\$x\\$ two",
            "`$x$`",
            "$5",
            "pay $20/month or $200/year",
            "$(a) and $(b)",
            "$5-$10",
        ] {
            let html = render(text, &Options::PAGE, &NoMemo).html(&mut |_| Href::Unlinked, &NoMemo);
            assert!(!html.contains("<math") && !html.contains("formula"), "{text}: {html}");
            let written = text.replace("\\$", "$");
            assert!(html.contains(written.trim_matches('`')), "{text}: {html}");
        }
        for text in ["so $x^2$ is", "($x$)", "$O(n)$,", "$$a = b$$", "```math\na^2\n```", "$p$-value", "$10^3$"] {
            let rendered = render(text, &Options::PAGE, &NoMemo);
            let html = rendered.html(&mut |_| Href::Unlinked, &NoMemo);
            assert!(html.contains("<math") && rendered.undrawn.is_empty(), "{text}: {html}");
        }
        let rendered = render("a $\\frac{1}$ b", &Options::PAGE, &NoMemo);
        let html = rendered.html(&mut |_| Href::Unlinked, &NoMemo);
        assert!(html.contains("<code class=\"formula-source\">\\frac{1}</code>"), "{html}");
        assert_eq!((rendered.undrawn[0].span.start, rendered.undrawn[0].span.end), (2, 12));
    }

    #[test]
    fn markup_in_a_formula_stays_text() {
        let html = mathml(r"\text{<script>alert(1)</script>} < \text{&}", false).unwrap();
        assert!(!html.contains("<script") && html.contains("&lt; script"), "{html}");
    }
}
