import { defineConfig } from '@playwright/test';
import { DEMO, WORKERS } from './tests/e2e/support/addresses';

// The product is started in demo mode by the caller, which passes its addresses: no mocks here.
const launch = {
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: [
    '--headless',
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};

export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  fullyParallel: false,
  workers: WORKERS,
  retries: process.env.CI ? 1 : 0, // told as flaky in the last lines: docs/decisions/0032-a-second-look.md
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: [['list']],
  use: {
    baseURL: DEMO,
    launchOptions: launch,
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    // Recording every step costs a sixth of the run; the page of a failed test is kept as text and picture without it.
    trace: process.env.E2E_TRACE ? 'retain-on-failure' : 'off',
    screenshot: 'only-on-failure',
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1440, height: 900 } } },
    { name: 'phone', grepInvert: /@one-width/, use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
  ],
});
