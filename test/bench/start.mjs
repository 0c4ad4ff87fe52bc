// First view in browser mode: from the command, and from the opened address, to what a person sees (needs Chromium).
import { browserPath, launchBrowser, startApp } from '../helpers/launch.mjs';

const TIMES = Number(process.env.TIMES ?? 5);
const BAR = 1500;
if (browserPath === undefined) {
  console.log('No Chromium was found; name one with SPAGENE_TEST_BROWSER.');
  process.exit(0);
}
const browser = await launchBrowser();
const rows = [];
try {
  for (let i = 0; i < TIMES; i++) {
    const began = performance.now();
    const app = await startApp();
    const served = performance.now();
    // A context of its own: nothing is in the cache.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    const opened = performance.now();
    await page.goto(app.url, { waitUntil: 'commit' });
    await page.getByRole('button', { name: 'Try the example' }).waitFor();
    const seen = performance.now();
    const paints = await page.evaluate(() =>
      performance.getEntriesByName('first-contentful-paint').map(({ startTime }) => startTime),
    );
    const kilobytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .reduce((sum, { transferSize }) => sum + transferSize / 1000, 0),
    );
    rows.push({
      'command to address, ms': Math.round(served - began),
      'address to first paint, ms': Math.round(paints[0] ?? NaN),
      'address to first view, ms': Math.round(seen - opened),
      'sent, kB': Math.round(kilobytes),
    });
    await context.close();
    await app.close();
  }
} finally {
  await browser.close();
}
console.table(rows);
const views = rows.map((row) => row['address to first view, ms']).sort((a, b) => a - b);
console.log(`First view: median ${views[Math.floor(views.length / 2)]} ms (bar: ${BAR} ms).`);
