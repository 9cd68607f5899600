// Prints how long the map takes to draw a frame, over a way through a built site: `node frames.mjs SITE`.
// Times depend on the machine, so that no test asserts them.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { launch } from "./lib/browser.mjs";

const browser = await launch();
const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, reducedMotion: "reduce" });
const start = performance.now();
await page.goto(pathToFileURL(resolve(process.argv[2], "map.html")).href);
await page.waitForFunction(() => window.catalogMap?.drawn);
console.log(`first look after ${Math.round(performance.now() - start)} ms`);
await page.waitForTimeout(1500);

const box = await page.locator(".map-stage").boundingBox();
const [x, y] = [box.x + box.width * 0.4, box.y + box.height * 0.4];
// The wheel is the map's after a click.
await page.mouse.move(x, y);
await page.waitForFunction(() => window.catalogMap.input);
await page.mouse.click(x, y);
// From one animation frame to the next is what a reader sees; scripts are what of it is ours.
await page.evaluate(() => {
  window.frames_ = [];
  let last = performance.now();
  const tick = (now) => {
    window.frames_.push(now - last);
    last = now;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
});
const measure = async (name, act) => {
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const seconds = async () => (await client.send("Performance.getMetrics")).metrics.find((one) => one.name === "ScriptDuration").value;
  await page.evaluate(() => { window.frames_.length = 0; });
  const before = await seconds();
  await act();
  const script = (await seconds()) - before;
  const frames = (await page.evaluate(() => window.frames_)).slice(1).sort((a, b) => a - b);
  const at = (part) => frames[Math.floor((frames.length - 1) * part)].toFixed(1);
  const drawn = await page.evaluate(() => JSON.stringify(window.catalogMap.drawn));
  console.log(`${name}: ${frames.length} frames, median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, script ${((script * 1000) / frames.length).toFixed(1)} ms a frame; ${drawn}`);
};
const drag = async () => {
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let at = 0; at < 60; at += 1) await page.mouse.move(x + Math.sin(at / 8) * 200, y + Math.cos(at / 8) * 120);
  await page.mouse.up();
};
const wheel = (delta) => async () => {
  await page.mouse.move(x, y);
  for (let at = 0; at < 40; at += 1) await page.mouse.wheel(0, delta);
};
await measure("zoom in", wheel(-18));
await measure("drag, half way", drag);
await measure("zoom in", wheel(-24));
await measure("drag, near", drag);
await measure("zoom out", wheel(60));
await browser.close();
