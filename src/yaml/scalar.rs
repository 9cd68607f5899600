//! What a plain scalar means: the tables of YAML 1.2's core schema, and of YAML 1.1 for
//! documents that ask for it with `%YAML 1.1`.

use super::tree::Value;

/// Which table a document is read by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Schema {
    Core,
    Yaml11,
}

/// The value of a plain (unquoted, untagged) scalar.
pub(super) fn resolve(text: &str, schema: Schema) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    if schema == Schema::Yaml11 {
        match text {
            "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => return Value::Bool(true),
            "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => return Value::Bool(false),
            _ => {}
        }
        if let Some(day) = day(text) {
            return day;
        }
    }
    number(text, schema).unwrap_or_else(|| Value::Text(text.into()))
}

/// The value under one of the core tags (`!!str`, `!!int` …); `None` when the tag does not fit.
pub(super) fn resolve_tagged(tag: &str, text: &str) -> Option<Value> {
    let plain = resolve(text, Schema::Core);
    match (tag, &plain) {
        ("str", _) => Some(Value::Text(text.into())),
        ("null", Value::Null) | ("bool", Value::Bool(_)) | ("int", Value::Int(_)) | ("float", Value::Float(_)) => {
            Some(plain)
        }
        #[allow(clippy::cast_precision_loss)]
        ("float", Value::Int(value)) => Some(Value::Float(*value as f64)),
        _ => None,
    }
}

fn number(text: &str, schema: Schema) -> Option<Value> {
    let first = text.bytes().next()?;
    if !(first.is_ascii_digit() || matches!(first, b'+' | b'-' | b'.')) {
        return None;
    }
    if schema == Schema::Yaml11 {
        return number_11(text);
    }
    if let Some(digits) = text.strip_prefix("0o") {
        return based(digits, 8, false);
    }
    if let Some(digits) = text.strip_prefix("0x") {
        return based(digits, 16, false);
    }
    let (negative, digits) = signed(text);
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(decimal(digits, negative));
    }
    float(text)
}

fn number_11(text: &str) -> Option<Value> {
    let (negative, unsigned) = signed(text);
    let digits = unsigned.replace('_', "");
    if let Some(rest) = digits.strip_prefix("0b") {
        return based(rest, 2, negative);
    }
    if let Some(rest) = digits.strip_prefix("0x") {
        return based(rest, 16, negative);
    }
    if digits.len() > 1 && digits.starts_with('0') && digits.bytes().all(|byte| (b'0'..b'8').contains(&byte)) {
        return based(&digits, 8, negative);
    }
    if digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.is_empty() {
        return Some(decimal(&digits, negative));
    }
    if let Some(value) = sexagesimal(&digits) {
        return Some(if negative { negated(value) } else { value });
    }
    float(&format!("{}{digits}", if negative { "-" } else { "" }))
}

fn signed(text: &str) -> (bool, &str) {
    match text.as_bytes().first() {
        Some(b'-') => (true, &text[1..]),
        Some(b'+') => (false, &text[1..]),
        _ => (false, text),
    }
}

fn based(digits: &str, radix: u32, negative: bool) -> Option<Value> {
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let value = i64::from_str_radix(digits, radix).map_or_else(
        |_| {
            Value::Float(
                digits
                    .chars()
                    .fold(0.0, |sum, digit| sum * f64::from(radix) + f64::from(digit.to_digit(radix).unwrap_or(0))),
            )
        },
        |value| Value::Int(if negative { -value } else { value }),
    );
    Some(value)
}

fn decimal(digits: &str, negative: bool) -> Value {
    let signed = format!("{}{digits}", if negative { "-" } else { "" });
    match signed.parse::<i64>() {
        // Numbers are doubles in Backstage: beyond 2^53 the digits it keeps are those of a double.
        Ok(value) if value.unsigned_abs() <= 1 << 53 => Value::Int(value),
        _ => Value::Float(signed.parse().unwrap_or(f64::INFINITY)),
    }
}

/// `1:30` is ninety; the last part may have a fraction.
fn sexagesimal(digits: &str) -> Option<Value> {
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut parts = whole.split(':');
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let first = parts.next().filter(|part| is_digits(part))?.parse::<i64>().ok()?;
    let rest: Vec<&str> = parts.collect();
    if rest.is_empty() || !fraction.is_none_or(|part| part.is_empty() || is_digits(part)) {
        return None;
    }
    let whole = rest.iter().try_fold(first, |sum, part| {
        let value = part.parse::<i64>().ok().filter(|value| is_digits(part) && part.len() <= 2 && *value < 60)?;
        sum.checked_mul(60)?.checked_add(value)
    })?;
    let Some(fraction) = fraction else { return Some(Value::Int(whole)) };
    format!("{whole}.{fraction}").parse().ok().map(Value::Float)
}

fn negated(value: Value) -> Value {
    match value {
        Value::Int(value) => Value::Int(-value),
        Value::Float(value) => Value::Float(-value),
        other => other,
    }
}

/// A day as the reader of YAML 1.1 prints it: as the moment it begins.
fn day(text: &str) -> Option<Value> {
    let shape: String = text.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    (shape == "0000-00-00").then(|| Value::Text(format!("{text}T00:00:00.000Z").into()))
}

fn float(text: &str) -> Option<Value> {
    let (negative, unsigned) = signed(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") {
        return Some(Value::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }));
    }
    if matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Some(Value::Float(f64::NAN));
    }
    let (mantissa, exponent) = match unsigned.find(['e', 'E']) {
        Some(at) => (&unsigned[..at], Some(&unsigned[at + 1..])),
        None => (unsigned, None),
    };
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count();
    let dots = mantissa.bytes().filter(|&byte| byte == b'.').count();
    if digits == 0 || dots > 1 || digits + dots != mantissa.len() {
        return None;
    }
    if let Some(exponent) = exponent {
        let (_, exponent) = signed(exponent);
        if exponent.is_empty() || !exponent.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
    }
    text.trim_start_matches('+').parse().ok().map(Value::Float)
}

/// A number as JavaScript prints it.
pub fn number_text(value: f64) -> String {
    if value.is_nan() {
        "NaN".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "Infinity".to_owned() } else { "-Infinity".to_owned() }
    } else if value != 0.0 && !(1e-6..1e21).contains(&value.abs()) {
        let text = format!("{value:e}");
        if text.contains("e-") { text } else { text.replace('e', "e+") }
    } else {
        format!("{}", value + 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn core_scalars_are_what_backstage_reads() {
        let cases: &[(&str, Value)] = &[
            ("yes", Value::Text("yes".into())),
            ("True", Value::Bool(true)),
            ("010", Value::Int(10)),
            ("0o10", Value::Int(8)),
            ("0x10", Value::Int(16)),
            ("-0x10", Value::Text("-0x10".into())),
            ("1_000", Value::Text("1_000".into())),
            ("12e03", Value::Float(12000.0)),
            ("1.", Value::Float(1.0)),
            (".5", Value::Float(0.5)),
            (".", Value::Text(".".into())),
            ("-", Value::Text("-".into())),
            ("1.2.3", Value::Text("1.2.3".into())),
            ("12:30", Value::Text("12:30".into())),
            ("2024-01-01", Value::Text("2024-01-01".into())),
            ("99999999999999999999", Value::Float(1e20)),
        ];
        for (text, value) in cases {
            assert_eq!(&resolve(text, Schema::Core), value, "{text}");
        }
    }

    #[test]
    fn yaml_1_1_scalars_are_read_where_asked_for() {
        for (text, value) in [
            ("on", Value::Bool(true)),
            ("010", Value::Int(8)),
            ("1_000", Value::Int(1000)),
            ("1:30", Value::Int(90)),
            ("-190:20:30", Value::Int(-685_230)),
            ("1:30.5", Value::Float(90.5)),
            ("1:75", Value::Text("1:75".into())),
            ("2024-01-01", Value::Text("2024-01-01T00:00:00.000Z".into())),
        ] {
            assert_eq!(resolve(text, Schema::Yaml11), value, "{text}");
        }
    }

    #[test]
    fn numbers_are_printed_as_javascript_does() {
        for (value, text) in [
            (1.0, "1"),
            (-0.0, "0"),
            (0.5, "0.5"),
            (1e21, "1e+21"),
            (1.5e-7, "1.5e-7"),
            (1e20, "100000000000000000000"),
        ] {
            assert_eq!(number_text(value), text);
        }
    }
}
