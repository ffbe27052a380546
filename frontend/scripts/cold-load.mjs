// How long pages take, from an empty cache, until their number and the line of their chart are there: milliseconds of each
// visit, as JSON. `node scripts/cold-load.mjs ROUNDS NAME=ADDRESS ...`; pages take turns, each visit in a profile of its own.
/* global CanvasRenderingContext2D, document, requestAnimationFrame -- of the page that is watched */
import { chromium } from '@playwright/test';

const [rounds, ...named] = process.argv.slice(2);
const pages = named.map((one) => one.split('='));
// More than the lines of a grid: what draws so many points draws the data.
const DRAWN = 100;

/** Runs in the page before its own code. */
function watch(drawn) {
  let lines = 0;
  let chart = null;
  const lineTo = CanvasRenderingContext2D.prototype.lineTo;
  CanvasRenderingContext2D.prototype.lineTo = function (x, y) {
    if (++lines === drawn) chart = performance.now();
    return lineTo.call(this, x, y);
  };
  function look() {
    const number = document.querySelector('[data-testid="total-value"]');
    if (chart !== null && /\d/.test(number?.textContent ?? '')) globalThis.shownAfter = Math.max(chart, performance.now());
    else requestAnimationFrame(look);
  }
  requestAnimationFrame(look);
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'] });
const taken = Object.fromEntries(pages.map(([name]) => [name, []]));
for (let round = 0; round < Number(rounds); round++) {
  for (const [name, address] of round % 2 ? [...pages].reverse() : pages) {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB' });
    const page = await context.newPage();
    await page.addInitScript(watch, DRAWN);
    await page.goto(address, { waitUntil: 'commit' });
    const shown = await page.waitForFunction(() => globalThis.shownAfter, null, { timeout: 60_000, polling: 50 });
    taken[name].push(await shown.jsonValue());
    await context.close();
  }
}
await browser.close();
console.log(JSON.stringify(taken));
