import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { build } from 'esbuild';
import type { PagePort } from '../../../src-main/gpu/port-line.ts';
import { trainerMessage } from '../../../src-main/gpu/trainer-message.ts';
import { RemoteTrainer } from '../../../src-main/methods/remote-stage.ts';
import type { Line } from '../../../src-main/methods/stage-protocol.ts';
import { safeHeaders } from '../../../src-main/web/headers.ts';
import { sendFile, StaticFiles } from '../../../src-main/web/static-files.ts';
import { browserPath } from '../../helpers/app.ts';
import { root } from '../../helpers/spagene.ts';

/** WebGPU in software, where the machine has no graphics card that Chromium takes. */
const FLAGS = [
  '--no-sandbox',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

export function launchGpuBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: browserPath!, args: FLAGS });
}

/** Whether the browser here opens a graphics card, a real or a computed one; false where there is no browser. */
export async function hasWebGpu(): Promise<boolean> {
  if (browserPath === undefined) return false;
  const browser = await launchGpuBrowser();
  const server = await servePages();
  try {
    const page = await browser.newPage();
    await page.goto(`${server.address}/blank.html`);
    return await page.evaluate<boolean>(
      'navigator.gpu === undefined ? false : navigator.gpu.requestAdapter().then((adapter) => adapter !== null)',
    );
  } finally {
    await browser.close();
    server.close();
  }
}

export interface PageServer {
  readonly address: string;
  close(): void;
}

/** Serves the built pages under their content policy, and the page that does the checks. */
export async function servePages(): Promise<PageServer> {
  const built = await build({
    entryPoints: [join(root, 'test', 'e2e', 'webgpu', 'checks-page.ts')],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'chrome130',
  });
  const own: Readonly<Record<string, readonly [string, string]>> = {
    '/blank.html': ['text/html', '<!doctype html><link rel="icon" href="icon.svg">'],
    '/checks.html': [
      'text/html',
      '<!doctype html><link rel="icon" href="icon.svg"><script type="module" src="checks.js"></script>',
    ],
    '/checks.js': ['text/javascript', built.outputFiles[0]!.text],
  };
  const files = new StaticFiles(join(root, 'dist', 'page'));
  const server: Server = createServer((request, response) => {
    for (const [name, value] of Object.entries(safeHeaders())) response.setHeader(name, value);
    const path = request.url ?? '/';
    const file = files.get(path);
    if (own[path] !== undefined) response.setHeader('Content-Type', own[path][0]).end(own[path][1]);
    else if (file === undefined) response.writeHead(404).end();
    else sendFile(file, request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://127.0.0.1:${port}`, close: () => server.close() };
}

/** A trainer in the built page, as Electron's main process would join it by a port. */
export async function trainerIn(page: Page): Promise<RemoteTrainer> {
  const listeners: ((message: unknown) => void)[] = [];
  await page.exposeFunction('toTest', (message: unknown) => listeners.forEach((listen) => listen(message)));
  await page.evaluate(`{
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => globalThis.toTest(data);
    globalThis.toPage = port1;
    globalThis.postMessage('${trainerMessage}', location.origin, [port2]);
  }`);
  let last: Promise<unknown> = Promise.resolve();
  const line: Line = {
    send: (message) => {
      const post = () =>
        page.evaluate(
          (sent) => (globalThis as unknown as { toPage: PagePort }).toPage.postMessage(sent),
          message,
        );
      last = last.then(post).catch(() => undefined);
    },
    onMessage: (listener) => listeners.push(listener),
    onClose: (listener) => page.once('close', listener),
  };
  return new RemoteTrainer(line);
}
