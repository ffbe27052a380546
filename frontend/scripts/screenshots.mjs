// Pictures of the dashboard for docs/images, as scripts/screenshots.py asks for them: JSON as the only argument,
// {folder, sizes: [[width, height]], shots: [{name, address, click, shown}]}. A picture is called NAME-WIDTH.png.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { palettePng } from './palette-png.mjs';

const { folder, sizes, shots } = JSON.parse(process.argv[2]);
const PHONE = 900; // the width from which on the page is that of a desk
const STILL_MS = 1500;
const TIMEOUT_MS = 120_000; // a demo replays its past beside
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium', args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run'] });
const decoder = await browser.newPage();
for (const [width, height] of sizes) {
  const phone = width <= PHONE;
  const context = await browser.newContext({ viewport: { width, height }, locale: 'en-GB', timezoneId: 'UTC', reducedMotion: 'reduce', isMobile: phone, hasTouch: phone });
  const page = await context.newPage();
  page.setDefaultTimeout(TIMEOUT_MS);
  for (const { name, address, click, shown } of shots) {
    await page.goto(address);
    for (const button of click) await page.getByRole('button', { name: button }).and(page.locator(':visible')).first().click();
    await page.getByText(shown).and(page.locator(':visible')).first().waitFor();
    await settled(page);
    const picture = await palettePng(decoder, await page.screenshot());
    writeFileSync(join(folder, `${name}-${width}.png`), picture);
    console.log(`${name}-${width}.png: ${Math.round(picture.length / 1000)} kB`);
  }
  await context.close();
}
await browser.close();

/** Wait until no panel waits for its figures any more, and the words of the page have stood still for a while. */
async function settled(page) {
  let [words, since] = ['', Date.now()];
  while (Date.now() - since < STILL_MS) {
    const [now, busy] = await page.evaluate(() => [document.body.innerText.replace(/\d/g, ''), document.querySelectorAll('main [aria-busy="true"]').length]); // eslint-disable-line no-undef -- of the page
    if (busy || now !== words) [words, since] = [now, Date.now()];
    await page.waitForTimeout(100);
  }
}
