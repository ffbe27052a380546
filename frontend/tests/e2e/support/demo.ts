// A demo that was just started replays its past first; figures are compared once it stands.
import { type APIRequestContext, expect, test } from '@playwright/test';

interface Stats { periods: Record<string, { status: string }> }

export async function demoReady(request: APIRequestContext): Promise<void> {
  test.setTimeout(Math.max(test.info().timeout, 180_000)); // whichever file comes first waits for it
  await expect(async () => {
    const { periods } = (await (await request.get('/api/performance/stats')).json()) as Stats; // shape of the API contract
    expect(Object.values(periods).every(({ status }) => status === 'exact')).toBe(true);
  }).toPass({ timeout: 150_000, intervals: [500] });
}
