// Accessibility as a release gate: axe-core with the WCAG A and AA rules, none of them and no element left out.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, type Page } from '@playwright/test';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
export const WCAG_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

interface Finding {
  id: string;
  help: string;
  nodes: { target: unknown; failureSummary?: string }[];
}

const THEMES = ['phosphor', 'paper'] as const;

/** Run axe over the whole page as it is now, in both themes or those named; fails with theme, rule, element and reason. */
export async function expectAccessible(page: Page, where: string, themes: readonly (typeof THEMES)[number][] = THEMES): Promise<void> {
  // Through the debugger rather than a script element, which the page's strict CSP refuses.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  const chosen = await page.evaluate(() => document.documentElement.dataset.theme);
  const words: string[] = [];
  for (const theme of themes) {
    await page.evaluate((name) => (document.documentElement.dataset.theme = name), theme);
    words.push(...(await findings(page)).map((found) => `${theme}: ${found}`));
  }
  await page.evaluate((name) => (document.documentElement.dataset.theme = name), chosen);
  expect(words, `axe on ${where}`).toEqual([]);
}

async function findings(page: Page): Promise<string[]> {
  // Colours are judged as they stay, not half way through a transition.
  await page.evaluate(() => Promise.all(document.getAnimations().filter((one) => one.effect?.getTiming().iterations !== Infinity).map((one) => one.finished.catch(() => undefined))));
  const found = await page.evaluate(async (tags): Promise<Finding[]> => {
    const { axe } = window as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: Finding[] }> } }; // put there above
    return (await axe.run(document, { runOnly: { type: 'tag', values: tags } })).violations;
  }, WCAG_TAGS);
  return found.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${JSON.stringify(node.target)} ${node.failureSummary ?? ''}`).join('\n')}`);
}
