import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events } from '../../src-shared/contract/events.ts';
import { calls, type CallName, type Result } from '../../src-shared/contract/handlers.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import { malformations } from '../helpers/malformed.ts';
import { fetchRaw, PageSocket } from '../helpers/page-socket.ts';
import { childrenOf, interrupt, openPage, startServing, type Serving } from '../helpers/serving.ts';

const folder = mkdtempSync(join(tmpdir(), 'spagene-serve-'));
const home = join(folder, 'home');
const project = join(folder, 'project');
const started: Serving[] = [];

function serve(...args: string[]): Serving {
  started.push(startServing(home, ['--port', '0', ...args]));
  return started.at(-1)!;
}

async function ask<K extends CallName>(page: PageSocket, name: K, args: unknown): Promise<Result<K>> {
  const answer = await page.ask(name, args);
  if (!answer.ok) throw new Error(`${name}: ${answer.failure.code}: ${answer.failure.message}`);
  return calls[name].result.parse(answer.value) as Result<K>;
}

const engineOf = ({ child }: Serving): number =>
  childrenOf(child.pid!).find(({ command }) => command.includes('engine-process'))!.pid;

afterAll(async () => {
  for (const { child } of started) child.kill('SIGKILL');
  await Promise.all(started.map(({ finished }) => finished));
  rmSync(folder, { recursive: true, force: true });
});

describe.skipIf(process.platform !== 'linux')('spagene serve (looks into /proc: Linux only)', () => {
  let serving: Serving;
  let page: PageSocket;
  let base: string;
  let cookie: string;

  beforeAll(async () => {
    serving = serve();
    ({ base, cookie, page } = await openPage(serving));
  });

  it('prints one line with an address, and answers on this machine only', () => {
    const { out, err } = serving.output();
    expect(out).toMatch(/^SpaGene runs at http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]{43} .*\n$/u);
    expect(err).toBe('');
    const port = Number(new URL(base).port).toString(16).toUpperCase().padStart(4, '0');
    const listening = readFileSync('/proc/net/tcp', 'utf8')
      .split('\n')
      .filter((line) => line.includes(`:${port} 00000000:0000 0A`));
    expect(listening.map((line) => line.trim().split(/\s+/u)[1])).toEqual([`0100007F:${port}`]);
  });

  it('serves the page, and the engine to it', async () => {
    const { status, body } = await fetchRaw(`${base}/`, { cookie });
    expect(status).toBe(200);
    expect(body.toString()).toContain('<div id="root">');
    expect((await fetchRaw(`${base}/main.js`, { cookie })).headers['content-type']).toContain(
      'text/javascript',
    );
    expect(await ask(page, 'app:info', {})).toMatchObject({ shell: 'browser', version: '0.1.0' });
  });

  it('keeps the project over a reload of the page', async () => {
    await ask(page, 'files:picked', { path: folder });
    await ask(page, 'project:create', { folder: project, name: 'Served' });
    page.close();
    page = await PageSocket.open(base, { cookie, origin: base });
    expect(await ask(page, 'project:current', {})).toMatchObject({
      project: { folder: project, name: 'Served' },
    });
  });

  it('refuses 10,000 malformed messages, and nothing else happens', async () => {
    const engine = engineOf(serving);
    const before = readFileSync(join(project, 'project.json'), 'utf8');
    let refused = 0;
    for (const { how, data } of malformations(10_000, 4)) {
      const answer = await page.send(data);
      if (answer.ok || !['malformed', 'unknown-call'].includes(answer.failure.code))
        expect.fail(`${how}: ${JSON.stringify(answer)}`);
      refused += 1;
    }
    expect(refused).toBe(10_000);
    expect(engineOf(serving)).toBe(engine);
    expect(readFileSync(join(project, 'project.json'), 'utf8')).toBe(before);
    expect(page.pushes).toEqual([]);
    expect(serving.output().err).toBe('');
  });

  it('starts an engine that was killed again, opens the project again, and says so', async () => {
    const engine = engineOf(serving);
    process.kill(engine, 'SIGKILL');
    const push = await page.heard(({ event }) => event === 'engine:restarted');
    expect(events['engine:restarted'].parse(push.payload).message).toMatch(/ended unexpectedly \(SIGKILL\)/u);
    expect(await ask(page, 'project:current', {})).toMatchObject({
      project: { folder: project, readOnly: null },
    });
    expect(engineOf(serving)).not.toBe(engine);
    await ask(page, 'project:change', { notes: 'still here' });
    await page.heard(({ event, payload }) => {
      const { project: state } =
        event === 'project:changed' ? (payload as { project: ProjectState | null }) : {};
      return state?.notes === 'still here';
    });
    expect(page.pushes.map(({ seq }) => seq)).toEqual(page.pushes.map((_, i) => i + 1));
  });

  it('says in one sentence that a port is taken', async () => {
    const { code, err } = await startServing(home, ['--port', new URL(base).port]).finished;
    expect(code).toBe(2);
    expect(err).toMatch(
      /^spagene: Port \d+ cannot be used \(another program uses it\); choose another with --port\.\n$/u,
    );
  });

  it('says in one sentence that a project is not there', async () => {
    const { code, err, out } = await serve('--project', join(folder, 'nothing')).finished;
    expect([code, out]).toEqual([1, '']);
    expect(err.trim().split('\n')).toHaveLength(1);
  });

  it('ends with Ctrl-C, the engine with it, and gives the project back', async () => {
    const engine = engineOf(serving);
    expect(existsSync(join(project, '.lock'))).toBe(true);
    interrupt(serving);
    expect(await serving.finished).toMatchObject({ code: 0, err: '' });
    expect(existsSync(`/proc/${engine}`)).toBe(false);
    expect(existsSync(join(project, '.lock'))).toBe(false);
  });
});

describe.skipIf(process.platform !== 'linux')(
  'a job that runs in spagene serve (looks into /proc: Linux only)',
  () => {
    const example = join(folder, 'example');
    const request = {
      preset: 'recommended',
      parameters: {},
      seed: 1,
      genes: [],
      counts: false,
      backend: 'wasm',
    };
    const runOf = (page: PageSocket) =>
      ask(page, 'project:current', {}).then(({ project: state }) => state!.runs[0]!);

    it('goes on without its page, is paused by a crash and by Ctrl-C with a word, and can be resumed', async () => {
      const serving = serve();
      const { base, cookie, page } = await openPage(serving);
      await ask(page, 'files:picked', { path: folder });
      await ask(page, 'project:example', { folder: example });
      const { id } = await ask(page, 'run:start', request);
      const pointsOf = async (socket: PageSocket) => (await ask(socket, 'run:losses', { id })).points.length;
      await page.heard(({ event }) => event === 'run:losses');
      page.close();
      const again = await PageSocket.open(base, { cookie, origin: base });
      const before = await pointsOf(again);
      await again.heard(({ event }) => event === 'run:losses');
      expect(await pointsOf(again)).toBeGreaterThan(before);

      const engine = engineOf(serving);
      const job = childrenOf(engine).find(({ command }) => command.includes('job-worker'))!;
      process.kill(engine, 'SIGKILL');
      await again.heard(({ event }) => event === 'engine:restarted');
      expect(await runOf(again)).toMatchObject({ id, state: 'paused' });
      await expect.poll(() => existsSync(`/proc/${job.pid}`), { timeout: 20_000 }).toBe(false);
      again.pushes.length = 0;
      await ask(again, 'job:resume', { id });
      await again.heard(({ event }) => event === 'run:losses');

      interrupt(serving);
      const { code, err } = await serving.finished;
      expect(err).toMatch(/is still running; it is saved and paused/u);
      expect(code).toBe(0);

      const next = serve('--project', example);
      const { page: later } = await openPage(next);
      expect(await runOf(later)).toMatchObject({ id, state: 'paused' });
      await ask(later, 'job:resume', { id });
      await later.heard(
        ({ event, payload }) => event === 'run:losses' && (payload as { id: string }).id === id,
      );
      expect(await runOf(later)).toMatchObject({ id, state: 'running' });
      interrupt(next);
      expect((await next.finished).code).toBe(0);
    });
  },
);
