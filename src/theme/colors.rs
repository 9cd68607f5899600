//! Colours as numbers: read, mixed, and held against their ground as WCAG 2.2 does it.

/// A colour of the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Color {
    red: u8,
    green: u8,
    blue: u8,
}

pub(super) const BLACK: Color = Color { red: 0, green: 0, blue: 0 };
pub(super) const WHITE: Color = Color { red: 255, green: 255, blue: 255 };

impl Color {
    /// Reads `#rgb` or `#rrggbb`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.trim().strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let part = |at: usize, long: usize| u8::from_str_radix(&digits[at * long..(at + 1) * long], 16).ok();
        match digits.len() {
            3 => Some(Self { red: part(0, 1)? * 17, green: part(1, 1)? * 17, blue: part(2, 1)? * 17 }),
            6 => Some(Self { red: part(0, 2)?, green: part(1, 2)?, blue: part(2, 2)? }),
            _ => None,
        }
    }

    /// As style sheets write it.
    pub(super) fn hex(self) -> String {
        format!("#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }

    /// This with a share of another, in percent.
    pub(super) fn mixed(self, other: Self, percent: u32) -> Self {
        let part = |a: u8, b: u8| {
            let sum = u32::from(a) * (100 - percent) + u32::from(b) * percent;
            u8::try_from((sum + 50) / 100).unwrap_or(u8::MAX)
        };
        Self { red: part(self.red, other.red), green: part(self.green, other.green), blue: part(self.blue, other.blue) }
    }

    /// How light it is to the eye, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// The contrast with a ground, from 1 to 21.
    pub(super) fn contrast(self, ground: Self) -> f64 {
        let (one, other) = (self.luminance(), ground.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The nearest of its shades that reaches a contrast with all of these grounds.
    pub(super) fn readable(self, grounds: &[Self], least: f64) -> Self {
        let lightest = grounds.iter().map(|ground| ground.luminance()).fold(0.0, f64::max);
        let towards = if lightest > 0.18 { BLACK } else { WHITE };
        let reaches = |shade: &Self| grounds.iter().all(|ground| shade.contrast(*ground) >= least);
        (0..=100).map(|percent| self.mixed(towards, percent)).find(reaches).unwrap_or(towards)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contrasts_are_those_of_wcag() {
        let color = |text| Color::parse(text).unwrap();
        assert!((BLACK.contrast(WHITE) - 21.0).abs() < 0.001);
        assert!((color("#767676").contrast(WHITE) - 4.54).abs() < 0.01);
        assert_eq!(color("#0af"), color("#00AAFF"));
        assert_eq!(Color::parse("teal"), None);
        assert_eq!(Color::parse("#12345é"), None);
        assert_eq!(BLACK.mixed(WHITE, 50).hex(), "#808080");
    }

    #[test]
    fn a_shade_that_can_be_read_is_found_on_both_grounds() {
        let orange = Color::parse("#ff9900").unwrap();
        for ground in [WHITE, BLACK, Color::parse("#14171b").unwrap()] {
            assert!(orange.readable(&[ground], 4.5).contrast(ground) >= 4.5);
        }
        assert_eq!(orange.readable(&[BLACK], 4.5), orange, "what can be read stays");
    }
}
