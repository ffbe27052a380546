// States that the demo does not show by itself are made from its real answers: one field is changed on the way.
import type { Page } from '@playwright/test';

type Json = Record<string, unknown>;

/** Change every JSON answer whose path matches, before the page sees it. */
export async function alter(page: Page, path: RegExp, change: (body: Json) => void): Promise<void> {
  await page.route((url) => path.test(url.pathname), async (route) => {
    if (route.request().method() !== 'GET' || route.request().headers().accept?.includes('text/event-stream')) return route.continue();
    const headers = { ...route.request().headers() };
    delete headers['if-none-match']; // a 304 has no body to change
    const answer = await route.fetch({ headers });
    const body = (await answer.json()) as Json;
    change(body);
    return route.fulfill({ response: answer, json: body });
  });
}

/** Minutes ago as the API writes instants. */
export const minutesAgo = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
