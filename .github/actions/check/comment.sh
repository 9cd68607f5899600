#!/usr/bin/env bash
# Posts a report as the one comment of this pull request, or writes it anew where
# it is already. REPORT is the file. Where the token may not (a fork), the step
# summary says the same, and this ends well.
set -uo pipefail

marker='<!-- catalog-check -->'
case ${GITHUB_REF:-} in
    refs/pull/*/merge) number=${GITHUB_REF#refs/pull/} number=${number%/merge} ;;
    *) number= ;;
esac
if [ -z "$number" ]; then
    echo "no pull request: the report is in the step summary"
    exit 0
fi
if [ ! -s "${REPORT:?which file?}" ]; then
    echo "there is no report"
    exit 0
fi

body=$(mktemp)
printf '%s\n' "$marker" | cat - "$REPORT" > "$body"
comments="repos/${GITHUB_REPOSITORY:?}/issues/$number/comments"
# Only a comment of a bot is ours to write over.
id=$(gh api --paginate "$comments" \
    --jq ".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$marker\"))) | .id" 2> /dev/null | head -n 1)
if [ -n "$id" ]; then
    gh api --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field "body=@$body" > /dev/null
else
    gh api --method POST "$comments" --field "body=@$body" > /dev/null
fi || echo "::notice title=catalog::the token may not comment; the report is in the step summary"
