// What pages are held to, one page at a time.
import axe from "axe-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";

import rules from "../.htmlvalidate.mjs";

// A test gathers all that is wrong and fails once.
export const none = (problems) => {
  if (problems.length === 0) return;
  const shown = problems.slice(0, 60).map((problem) => `\n  ${problem}`);
  const error = new Error(`${problems.length} problems${shown.join("")}`);
  // Where it was thrown says nothing; what was found says all.
  error.stack = error.message;
  throw error;
};

// What is wrong with the HTML of pages, by path.
export async function invalidHtml(pages) {
  const validator = new HtmlValidate(new StaticConfigLoader(rules));
  const problems = [];
  for (const [path, { text }] of pages) {
    const report = await validator.validateString(text, path);
    for (const result of report.results) {
      for (const { ruleId, message, line, column } of result.messages) {
        problems.push(`${path}:${line}:${column}: ${ruleId}: ${message}`);
      }
    }
  }
  return problems;
}

// What stands out on the right of a page.
export const tooWide = (page) => page.evaluate(wide);

// What axe calls serious or critical.
export async function inaccessible(page) {
  await page.evaluate(axe.source);
  return page.evaluate(accessibility);
}

// Runs in the browser.
function wide() {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const scrolls = (element) => {
    for (let at = element.parentElement; at && at !== document.body; at = at.parentElement) {
      if (getComputedStyle(at).overflowX !== "visible") return true;
    }
    return false;
  };
  const out = [...document.body.querySelectorAll("*")]
    .filter((element) => element.getBoundingClientRect().right > width + 0.5 && !scrolls(element))
    .slice(0, 3)
    .map((element) => `${element.localName}.${element.getAttribute("class") ?? ""}`);
  return [`is ${document.documentElement.scrollWidth} px wide: ${out.join(", ")}`];
}

// Runs in the browser, after axe was put there.
async function accessibility() {
  const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.slice(0, 3).map(({ target, any }) => `${id}: ${target.join(" ")} ${any[0]?.message ?? ""} (${nodes.length})`),
    );
}
