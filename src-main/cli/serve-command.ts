import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { UserError } from '../../src-shared/contract/errors.ts';
import { EngineHost } from '../host/engine-host.ts';
import { forkChild } from '../host/fork-child.ts';
import { RunningJobs } from '../host/running-jobs.ts';
import { startWebServer, type WebServer } from '../web/server.ts';
import { openBrowser } from './open-browser.ts';
import { parseFlags, refuseWords, wholeNumber } from './options.ts';
import { version } from './version.ts';

/** Asked for when no port is named, so that a tunnel can be set up before; another one when it is taken. */
const USUAL_PORT = 4477;

/** `spagene serve`: the app for a browser of this machine, or of another one through a tunnel. Ends with Ctrl-C. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('serve', args, {
    port: { type: 'string' },
    'no-open': { type: 'boolean' },
    project: { type: 'string' },
  });
  refuseWords('serve', positionals);
  const port = wholeNumber('port', values.port, 0, 65_535);
  const page = builtPage();
  const jobs = new RunningJobs();
  const host = new EngineHost({
    spawn: forkChild,
    shell: 'browser',
    version: version(),
    heard: (event, payload) => jobs.hear(event, payload),
  });
  let server: WebServer | undefined;
  try {
    server = await serve(host, page, port);
    if (values.project !== undefined) await openProject(host, resolve(values.project));
    announce(server, values['no-open'] === true);
    await interrupted(jobs);
    return 0;
  } finally {
    await host.shutdown();
    await server?.close();
  }
}

function builtPage(): string {
  const folder = fileURLToPath(new URL('./page', import.meta.url));
  if (existsSync(folder)) return folder;
  throw new UserError(`The page is not built; run npm run build.`, { file: folder });
}

async function serve(host: EngineHost, page: string, port: number | undefined): Promise<WebServer> {
  if (port !== undefined) return startWebServer({ host, page, port });
  return startWebServer({ host, page, port: USUAL_PORT }).catch((error: unknown) => {
    if (error instanceof UserError) return startWebServer({ host, page, port: 0 });
    throw error;
  });
}

async function openProject(host: EngineHost, folder: string): Promise<void> {
  host.grant(folder);
  await host.call('project:open', { folder });
}

function announce(server: WebServer, quiet: boolean): void {
  const address = server.newAddress();
  process.stdout.write(`SpaGene runs at ${address} (Ctrl-C ends it)\n`);
  if (!quiet) openBrowser(address);
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => process.stdout.write(`SpaGene runs at ${server.newAddress()}\n`));
  // It must not keep the program from ending.
  process.stdin.unref();
}

/** Resolves when the user wants to leave, after saying what that does to jobs; a second time ends at once. */
function interrupted(jobs: RunningJobs): Promise<void> {
  return new Promise((leave) => {
    let asked = false;
    const handle = () => {
      if (asked) process.exit(3);
      asked = true;
      const running = jobs.sentence();
      if (running !== null) process.stderr.write(`\n${running} Press Ctrl-C again to end at once.\n`);
      leave();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, handle);
  });
}
