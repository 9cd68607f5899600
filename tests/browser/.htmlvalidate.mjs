// What the HTML of the site is held to. Each exception has its reason.
export default {
  root: true,
  extends: ["html-validate:recommended"],
  rules: {
    // Pages are written tight by templates; blanks at the ends of lines weigh nothing.
    "no-trailing-whitespace": "off",
    // Advice about search results. Titles are the words of whoever described the thing.
    "long-title": "off",
    // Ids of headings and footnotes are Python-Markdown's (`1-record-decisions`, `fn:name`), so
    // that links into pages that MkDocs rendered go on working. HTML allows them.
    "valid-id": ["error", { relaxed: true }],
  },
};
