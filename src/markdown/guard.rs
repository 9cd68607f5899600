//! Calls of foreign renderers, whose panics become `None`.
//!
//! A panic prints its message before `catch_unwind` sees it. What a repository holds must not
//! write on the console, so one hook, set once, is silent while a thread is inside of such a
//! call; for all other threads and panics it hands over to the hook that was there before.

use std::cell::Cell;
use std::panic::{UnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    static IS_INSIDE: Cell<bool> = const { Cell::new(false) };
}

static HOOK: Once = Once::new();

/// Runs foreign code that holds no state; `None` when it panics, and nothing is printed.
pub(super) fn guarded<T>(work: impl FnOnce() -> T + UnwindSafe) -> Option<T> {
    HOOK.call_once(|| {
        let before = take_hook();
        set_hook(Box::new(move |info| {
            // A thread that is ending has no flag any more; its panics are shown.
            if !IS_INSIDE.try_with(Cell::get).unwrap_or(false) {
                before(info);
            }
        }));
    });
    let outer = IS_INSIDE.replace(true);
    let result = catch_unwind(work);
    IS_INSIDE.set(outer);
    result.ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_none_and_the_thread_goes_on_as_before() {
        assert_eq!(guarded(|| 3), Some(3));
        assert_eq!(guarded(|| guarded(|| -> u8 { panic!("inside") }).is_none()), Some(true));
        assert!(guarded(|| -> u8 { panic!("never shown") }).is_none());
        assert!(!IS_INSIDE.get(), "later panics of this thread are shown");
    }
}
