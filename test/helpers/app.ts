import type { Browser, Page } from 'playwright-core';

export { browserPath, launchBrowser, startApp, type App } from './launch.mjs';

/** Appended to the names of tests, so that a skipped one says why. */
export const needsBrowser = '(needs a Chromium, or SPAGENE_TEST_BROWSER)';

/** A page that keeps what goes wrong: errors of scripts, and everything that the policy of its contents refused. */
export interface WatchedPage {
  readonly page: Page;
  readonly faults: string[];
}

export async function openPage(
  browser: Browser,
  url: string,
  { width = 1280, height = 800, dark = false } = {},
): Promise<WatchedPage> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: dark ? 'dark' : 'light',
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`${message.text()} ${message.location().url}`.trim());
  });
  await page.goto(url);
  return { page, faults };
}

/** Goes to a step of the rail. */
export async function goTo(page: Page, step: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: step }).click();
}
