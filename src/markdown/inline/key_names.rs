//! The names of keys that authors may write, and what is printed on them. Names are those that
//! pymdownx knows. Most are printed as they are called: `page-up` is "Page Up".

/// Keys that are printed as they are called.
const PLAIN: &str = " space page-up page-down home end backspace tab break caps-lock clear eject enter help \
print-screen scroll-lock num-clear num-lock num-enter alt left-alt left-command left-meta left-option left-shift \
left-super meta option right-alt right-command right-meta right-option right-shift right-super shift super back-tab \
browser-back browser-favorites browser-forward browser-home browser-refresh browser-search browser-stop copy mail \
media print reset select sleep volume-down volume-up zoom power fingerprint left-button middle-button right-button ";

/// Keys that are printed otherwise.
const PRINTED: &[(&str, &str)] = &[
    ("alt-graph", "AltGr"),
    ("arrow-down", "Down"),
    ("arrow-left", "Left"),
    ("arrow-right", "Right"),
    ("arrow-up", "Up"),
    ("backslash", "\\"),
    ("backtab", "Back Tab"),
    ("bar", "|"),
    ("brace-left", "{"),
    ("brace-right", "}"),
    ("bracket-left", "["),
    ("bracket-right", "]"),
    ("colon", ":"),
    ("comma", ","),
    ("command", "Cmd"),
    ("context-menu", "Menu"),
    ("control", "Ctrl"),
    ("delete", "Del"),
    ("double-quote", "\""),
    ("equal", "="),
    ("escape", "Esc"),
    ("exclam", "!"),
    ("function", "Fn"),
    ("grave", "`"),
    ("greater", ">"),
    ("insert", "Ins"),
    ("left-control", "Left Ctrl"),
    ("left-windows", "Left Win"),
    ("less", "<"),
    ("media-next-track", "Next Track"),
    ("media-pause", "Pause"),
    ("media-play", "Play"),
    ("media-play-pause", "Play/Pause"),
    ("media-prev-track", "Previous Track"),
    ("media-stop", "Stop"),
    ("minus", "-"),
    ("num-asterisk", "Num *"),
    ("num-delete", "Num Del"),
    ("num-equal", "Num ="),
    ("num-minus", "Num -"),
    ("num-plus", "Num +"),
    ("num-separator", "Num ."),
    ("num-slash", "Num /"),
    ("period", "."),
    ("plus", "+"),
    ("question", "?"),
    ("right-control", "Right Ctrl"),
    ("right-windows", "Right Win"),
    ("semicolon", ";"),
    ("single-quote", "'"),
    ("slash", "/"),
    ("tilde", "~"),
    ("underscore", "_"),
    ("volume-mute", "Mute"),
    ("windows", "Win"),
    ("x-button1", "X Button 1"),
    ("x-button2", "X Button 2"),
];

/// Other names.
const ALIASES: &[(&str, &str)] = &[
    ("add", "num-plus"),
    ("altgr", "alt-graph"),
    ("apps", "context-menu"),
    ("back", "backspace"),
    ("bksp", "backspace"),
    ("bktab", "backtab"),
    ("cancel", "break"),
    ("capital", "caps-lock"),
    ("close-brace", "brace-right"),
    ("close-bracket", "bracket-right"),
    ("clr", "clear"),
    ("cmd", "command"),
    ("cplk", "caps-lock"),
    ("ctrl", "control"),
    ("dblquote", "double-quote"),
    ("decimal", "num-separator"),
    ("del", "delete"),
    ("divide", "num-slash"),
    ("down", "arrow-down"),
    ("esc", "escape"),
    ("exclamation", "exclam"),
    ("favorites", "browser-favorites"),
    ("fn", "function"),
    ("forward", "browser-forward"),
    ("grave-accent", "grave"),
    ("greater-than", "greater"),
    ("gt", "greater"),
    ("hyphen", "minus"),
    ("ins", "insert"),
    ("launch-mail", "mail"),
    ("launch-media", "media"),
    ("left", "arrow-left"),
    ("less-than", "less"),
    ("lt", "less"),
    ("menu", "context-menu"),
    ("multiply", "num-asterisk"),
    ("mute", "volume-mute"),
    ("next", "page-down"),
    ("next-track", "media-next-track"),
    ("num-del", "num-delete"),
    ("numlk", "num-lock"),
    ("open-brace", "brace-left"),
    ("open-bracket", "bracket-left"),
    ("opt", "option"),
    ("page-dn", "page-down"),
    ("pause", "media-pause"),
    ("pg-dn", "page-down"),
    ("pg-up", "page-up"),
    ("pipe", "bar"),
    ("play", "media-play"),
    ("play-pause", "media-play-pause"),
    ("prev-track", "media-prev-track"),
    ("prior", "page-up"),
    ("prtsc", "print-screen"),
    ("question-mark", "question"),
    ("refresh", "browser-refresh"),
    ("return", "enter"),
    ("right", "arrow-right"),
    ("scroll", "scroll-lock"),
    ("search", "browser-search"),
    ("separator", "num-separator"),
    ("spc", "space"),
    ("stop", "media-stop"),
    ("subtract", "num-minus"),
    ("tabulator", "tab"),
    ("up", "arrow-up"),
    ("vol-down", "volume-down"),
    ("vol-mute", "volume-mute"),
    ("vol-up", "volume-up"),
    ("win", "windows"),
    ("xbutton1", "x-button1"),
    ("xbutton2", "x-button2"),
];

/// What is printed on a key.
pub(super) fn label(name: &str) -> Option<String> {
    if name.is_empty() || name.len() > 24 || name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    let sided = sided(name);
    let name = sided.as_deref().unwrap_or(name);
    let name = ALIASES.iter().find(|(alias, _)| *alias == name).map_or(name, |(_, name)| name);
    if let Some((_, label)) = PRINTED.iter().find(|(known, _)| *known == name) {
        return Some((*label).to_owned());
    }
    if name.len() == 1 && name.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Some(name.to_ascii_uppercase());
    }
    if let Some(digit) =
        name.strip_prefix("num").filter(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(format!("Num {digit}"));
    }
    if let Some(number) =
        name.strip_prefix('f').filter(|number| !number.starts_with('0')).and_then(|n| n.parse::<u8>().ok())
    {
        return (1..=24).contains(&number).then(|| format!("F{number}"));
    }
    PLAIN.contains(&format!(" {name} ")).then(|| {
        let words = name.split('-').map(|word| word[..1].to_ascii_uppercase() + &word[1..]);
        words.collect::<Vec<_>>().join(" ")
    })
}

/// The long name of a key that stands on both sides: `lctrl`, `left-ctrl`, `rwin`.
fn sided(name: &str) -> Option<String> {
    let (side, key) = ["left-", "right-"]
        .into_iter()
        .find_map(|side| Some((side, name.strip_prefix(side)?)))
        .or_else(|| Some(("left-", name.strip_prefix('l')?)))
        .filter(|(_, key)| !key.is_empty())
        .filter(|(_, key)| known_side(key).is_some())
        .or_else(|| Some(("right-", name.strip_prefix('r')?)))?;
    Some(format!("{side}{}", known_side(key)?))
}

fn known_side(key: &str) -> Option<&str> {
    Some(match key {
        "alt" | "command" | "control" | "meta" | "option" | "shift" | "super" | "windows" | "button" => key,
        "cmd" => "command",
        "ctrl" => "control",
        "opt" => "option",
        "win" => "windows",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn keys_have_the_labels_that_pymdownx_prints() {
        for (name, expected) in [
            ("ctrl", Some("Ctrl")),
            ("del", Some("Del")),
            ("page-up", Some("Page Up")),
            ("pg-dn", Some("Page Down")),
            ("lctrl", Some("Left Ctrl")),
            ("right-win", Some("Right Win")),
            ("rbutton", Some("Right Button")),
            ("left", Some("Left")),
            ("a", Some("A")),
            ("l", Some("L")),
            ("f24", Some("F24")),
            ("f25", None),
            ("f01", None),
            ("num7", Some("Num 7")),
            ("pipe", Some("|")),
            ("nope", None),
            ("CTRL", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(label(name).as_deref(), expected, "{name}");
        }
    }
}
