//! Comments that suppress findings.

use super::rules;

rules! {
    UNUSED_SUPPRESSION = "unused-suppression", Suspicious,
        "a `catalog-ignore` comment suppresses nothing",
        "It hides the next finding of that rule on its line, which nobody has looked at.";
    SUPPRESSION_WITHOUT_REASON = "suppression-without-reason", Suspicious,
        "a `catalog-ignore` comment does not say why",
        "Who comes after cannot know whether it still holds.";
    EXPIRED_SUPPRESSION = "expired-suppression", Suspicious,
        "a `catalog-ignore` comment has passed the day that it names",
        "It was meant for a while. Days are judged by the newest commit of the input, so the same input gives the same answer on every day.";
    DATES_NOT_JUDGED = "dates-not-judged", Completeness,
        "a date cannot be judged, because no commit is in view",
        "Today is the day of the newest commit of the input; without one, and without `--now`, rules about dates are silent.";
}
