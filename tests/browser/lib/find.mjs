// The search box of a page, driven by the keyboard alone.

// Types into the box of a page by the keyboard alone, and waits for the answer.
export async function ask(page, query, key = "/") {
  await page.waitForLoadState("networkidle");
  await page.keyboard.press(key);
  await page.keyboard.type(query);
  await answered(page, query);
}

export const answered = (page, query) => page.waitForFunction(
  (query) => [...document.querySelectorAll(".find:not([hidden]) .find-status")].some((one) => one.textContent.includes(`“${query}`)),
  query.trim().slice(0, 60),
);

export const options = (page) => page.$$eval(".find:not([hidden]) [role=option]", (all) => all.map((one) => one.textContent));
export const active = (page) => page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))?.textContent);

export async function opened(page) {
  await Promise.all([page.waitForEvent("load"), page.keyboard.press("Enter")]);
  return decodeURIComponent(page.url());
}
