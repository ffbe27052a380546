// Small helpers that every end-to-end test shares.
import { expect, type Page } from '@playwright/test';

export interface Preferences {
  theme?: 'phosphor' | 'paper' | 'system';
  language?: 'en' | 'fr';
  hidden?: boolean;
  singleKeys?: boolean;
  pnl?: string;
}

/** For a test of words, figures or requests that are the same at every width: the desktop runs it, the phone does not. */
export const ONE_WIDTH = { tag: '@one-width' };

export const PATHS = ['/', '/cash-flows', '/performance', '/trades', '/rebalance', '/audit-log', '/system', '/settings', '/nowhere'];

/** Start the page with these preferences, as if chosen on an earlier visit. */
export async function prefer(page: Page, preferences: Preferences): Promise<void> {
  await page.addInitScript((value) => {
    if (!sessionStorage.getItem('seeded')) localStorage.setItem('preferences', value); // once: a reload keeps what the test chose since
    sessionStorage.setItem('seeded', '1');
  }, JSON.stringify(preferences));
}

/** Open a page and wait until the frame has its figures. */
export async function open(page: Page, path = '/'): Promise<void> {
  await page.goto(path);
  await expect(page.getByTestId('mode-badge')).toContainText(/DEMO|DÉMO/);
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
}

export const isPhone = (page: Page): boolean => (page.viewportSize()?.width ?? 0) <= 900;

/** Pixels by which the page is wider than its window; 0 is right. */
export function sidewaysOverflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
