import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EngineHost } from '../../../src-main/host/engine-host.ts';
import { startWebServer, type WebServer } from '../../../src-main/web/server.ts';
import type { CallName, Handlers } from '../../../src-shared/contract/handlers.ts';
import { engineInside } from '../../helpers/engine-inside.ts';
import { malformations } from '../../helpers/malformed.ts';
import { enter, PageSocket } from '../../helpers/page-socket.ts';
import { validArgs } from '../../helpers/valid-calls.ts';

const names = Object.keys(validArgs) as CallName[];
const page = mkdtempSync(join(tmpdir(), 'spagene-page-'));
const called: string[] = [];
const handlers = Object.fromEntries(
  names.map((name) => [name, () => (called.push(name), Promise.resolve({}))]),
) as unknown as Handlers;
let host: EngineHost;
let server: WebServer;
let socket: PageSocket;

beforeAll(async () => {
  writeFileSync(join(page, 'index.html'), 'page');
  host = new EngineHost({ spawn: engineInside(handlers).spawn, shell: 'browser', version: '0' });
  server = await startWebServer({ host, page, port: 0 });
  const base = `http://127.0.0.1:${server.port}`;
  socket = await PageSocket.open(base, { cookie: await enter(server.newAddress()), origin: base });
});

afterAll(async () => {
  await host.shutdown();
  await server.close();
  rmSync(page, { recursive: true });
});

describe('the engine behind a WebSocket', () => {
  it('gets every valid call', async () => {
    for (const name of names)
      expect(await socket.ask(name, validArgs[name]), name).toMatchObject({ ok: true });
    expect(called).toEqual(names);
  });

  it('refuses 10,000 malformed messages with a code, calls no handler, and goes on', async () => {
    called.length = 0;
    const codes = new Map<string, number>();
    for (const { how, data } of malformations(10_000, 20)) {
      const answer = await socket.send(data);
      const code = answer.ok ? 'accepted' : answer.failure.code;
      if (code !== 'malformed' && code !== 'unknown-call')
        expect.fail(`${how} was ${code}: ${String(data).slice(0, 300)}`);
      if (!answer.ok) expect(answer.failure.message.length, how).toBeLessThan(200);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
    expect(called).toEqual([]);
    expect((codes.get('malformed') ?? 0) + (codes.get('unknown-call') ?? 0)).toBe(10_000);
    expect(codes.get('unknown-call')).toBeGreaterThan(500);
    expect(await socket.ask('app:info', {})).toMatchObject({ ok: true });
    expect(socket.pushes).toEqual([]);
  }, 180_000);

  it('ends the connection of who sends more than 64 MB, and goes on for others', async () => {
    const base = `http://127.0.0.1:${server.port}`;
    const other = await PageSocket.open(base, { cookie: await enter(server.newAddress()), origin: base });
    const ended = other.ended();
    void other.send(new Uint8Array(65 * 2 ** 20));
    expect(await ended).toBe(1009);
    expect(await socket.ask('app:info', {})).toMatchObject({ ok: true });
  });
});
