//! Numbers as text, for the scripts of the site: groups of five bits, the lowest first, as characters with
//! a sixth bit that says that more follow. `search-index.js` and `map-data.js` of the theme read them.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Writes a number.
pub fn put(out: &mut String, mut value: u64) {
    loop {
        let digit = (value & 31) as usize;
        value >>= 5;
        out.push(char::from(DIGITS[if value > 0 { digit | 32 } else { digit }]));
        if value == 0 {
            break;
        }
    }
}

/// Writes a number that may be below zero: the numbers from zero on are the even ones.
pub fn put_signed(out: &mut String, value: i64) {
    let twice = value.unsigned_abs() * 2;
    put(out, if value < 0 { twice - 1 } else { twice });
}

/// The numbers of a text, as a page reads them.
#[cfg(test)]
pub(crate) fn numbers(text: &str) -> Vec<u64> {
    let (mut found, mut value, mut shift) = (Vec::new(), 0, 0);
    for byte in text.bytes() {
        let digit = DIGITS.iter().position(|digit| *digit == byte).unwrap() as u64;
        value |= (digit & 31) << shift;
        shift += 5;
        if digit < 32 {
            found.push(value);
            (value, shift) = (0, 0);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_come_back(all in prop::collection::vec(0..u64::MAX >> 8, 0..40), signed in any::<i32>()) {
            let mut text = String::new();
            all.iter().for_each(|&value| put(&mut text, value));
            prop_assert_eq!(numbers(&text), all);
            let mut text = String::new();
            put_signed(&mut text, i64::from(signed));
            let folded = i64::try_from(numbers(&text)[0]).unwrap();
            prop_assert_eq!(if folded % 2 == 1 { -(folded + 1) / 2 } else { folded / 2 }, i64::from(signed));
        }
    }
}
