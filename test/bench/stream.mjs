// A training run watched by a page for five minutes: dropped events, memory of the page, latency of clicks.
import { browserPath, launchBrowser, startApp } from '../helpers/launch.mjs';

const MINUTES = Number(process.env.MINUTES ?? 5);
if (browserPath === undefined) {
  console.log('No Chromium was found; name one with SPAGENE_TEST_BROWSER.');
  process.exit(0);
}
const app = await startApp();
const browser = await launchBrowser();
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
const devtools = await page.context().newCDPSession(page);
await devtools.send('Performance.enable');

async function heap() {
  await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize').value / 2 ** 20;
}

/** Milliseconds from a click to the next picture, as the browser's own trace says (EventTiming). */
async function clickLatencies(times) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  devtools.on('Tracing.dataCollected', collect);
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: { includedCategories: ['devtools.timeline'] },
  });
  for (let i = 0; i < times; i++) {
    await page.getByRole('checkbox', { name: 'Log axis' }).click();
    await page.waitForTimeout(400);
  }
  const complete = new Promise((resolve) => devtools.once('Tracing.tracingComplete', resolve));
  await devtools.send('Tracing.end');
  await complete;
  devtools.off('Tracing.dataCollected', collect);
  return events
    .filter(({ name, args }) => name === 'EventTiming' && ['click', 'pointerup'].includes(args?.data?.type))
    .map(({ args }) => args.data.duration ?? args.data.processingEnd - args.data.timeStamp);
}

try {
  await page.goto(app.url);
  await page.getByRole('button', { name: 'Try the example' }).click();
  await page.getByRole('navigation', { name: 'Steps' }).getByText('Model').click({ timeout: 120_000 });
  // Longer than the watching lasts on any machine.
  await page.getByRole('searchbox', { name: 'Search the settings' }).fill('ensemble.members');
  const members = page.locator('[data-parameter="ensemble.members"] input');
  await members.fill('100');
  await members.press('Enter');
  await page.getByRole('button', { name: 'Start training' }).click();
  await page.getByRole('checkbox', { name: 'Log axis' }).waitFor({ timeout: 120_000 });
  await page.waitForTimeout(20_000);
  const rows = [];
  const began = Date.now();
  for (;;) {
    const latencies = (await clickLatencies(8)).sort((a, b) => a - b);
    const { events, gaps } = await page.evaluate(() => globalThis.spageneStatistics());
    rows.push({
      minute: ((Date.now() - began) / 60_000).toFixed(1),
      'heap, MB': (await heap()).toFixed(1),
      events,
      'events missed': gaps,
      'click, median ms': latencies[Math.floor(latencies.length / 2)]?.toFixed(0),
      'click, worst ms': latencies.at(-1)?.toFixed(0),
    });
    if (Date.now() - began > MINUTES * 60_000) break;
    await page.waitForTimeout(26_000);
  }
  console.table(rows);
  const [first, last] = [rows[0], rows.at(-1)];
  console.log(`Growth of the page's memory: ${(last['heap, MB'] - first['heap, MB']).toFixed(1)} MB.`);
} finally {
  await browser.close();
  await app.close();
}
