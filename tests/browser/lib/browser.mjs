// Chromium without background traffic, and pages that write down what goes wrong in them.
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--allow-file-access-from-files",
];

export const launch = (more = []) =>
  chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [...ARGUMENTS, ...more],
    timeout: 60_000,
  });

// Opens a URL in a context of its own and hands the page to `look`. Returns everything that
// must not happen: console errors, exceptions, failed requests, requests to another origin.
// `expectedStatus` is that of the document itself.
export async function visit(browser, url, look = async () => {}, options = {}) {
  const { expectedStatus = 200, ...contextOptions } = options;
  const problems = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...contextOptions });
  context.setDefaultTimeout(20_000);
  try {
    const page = await context.newPage();
    const origin = new URL(url).protocol === "file:" ? "file://" : new URL(url).origin;
    const isDocument = (request) => request.isNavigationRequest() && request.frame() === page.mainFrame();
    page.on("console", (message) => {
      // Chromium reports a document with status 404 as an error; the status is looked at below.
      const own = expectedStatus !== 200 && message.location().url === url;
      if (message.type() === "error" && !own) problems.push(`console: ${message.text()}`);
    });
    page.on("pageerror", (error) => problems.push(`exception: ${error.message}`));
    page.on("request", (request) => {
      const to = request.url();
      if (!to.startsWith(origin) && !to.startsWith("data:") && !to.startsWith("blob:")) {
        problems.push(`request to another origin: ${to}`);
      }
    });
    page.on("requestfailed", (request) => problems.push(`failed: ${request.url()} (${request.failure()?.errorText})`));
    page.on("response", (response) => {
      const expected = isDocument(response.request()) ? expectedStatus : 200;
      const status = response.status();
      if (status !== expected && status !== 304 && status !== 0) problems.push(`status ${status}: ${response.url()}`);
    });
    await page.goto(url, { waitUntil: "load" });
    const more = await look(page);
    if (Array.isArray(more)) problems.push(...more);
  } catch (error) {
    problems.push(`${error.name}: ${error.message.slice(0, 1500)}`);
  } finally {
    await context.close();
  }
  return problems;
}
