import { describe, expect, it, vi } from 'vitest';
import { EngineHost, type EngineHostOptions } from '../../../src-main/host/engine-host.ts';
import type { ToEngine } from '../../../src-main/host/protocol.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Push, Request } from '../../../src-shared/contract/messages.ts';
import { PlayedChild } from '../../helpers/played-child.ts';

function begin(options: Partial<EngineHostOptions> = {}) {
  const engines: PlayedChild[] = [];
  const spawn = () => {
    engines.push(new PlayedChild(engines.length + 1));
    return engines.at(-1)!;
  };
  const host = new EngineHost({ spawn, shell: 'browser', version: '1.2.3', ...options });
  const latest = () => engines.at(-1)!;
  const asked = () =>
    (latest().sent as ToEngine[])
      .filter((m) => m.kind === 'request')
      .map((m) => m.request as Request & { id: number });
  const reply = (id: number, value: unknown) =>
    latest().say({ kind: 'response', response: { id, ok: true, value } });
  return { host, engines, latest, asked, reply };
}

const ask = (id: number, call = 'app:info') => ({ id, call, args: {} });

describe('EngineHost', () => {
  it('starts one engine, and tells it what it needs before anything else', () => {
    const { engines, latest } = begin();
    expect(engines).toHaveLength(1);
    expect(latest().sent[0]).toEqual({
      kind: 'start',
      shell: 'browser',
      version: '1.2.3',
      folder: null,
      granted: [],
    });
  });

  it('gives every page its own answer, whatever order and numbers they have', async () => {
    const { host, asked, reply } = begin();
    const [one, two] = [host.connect(() => undefined), host.connect(() => undefined)];
    const answers = [one.request(ask(7)), two.request(ask(7)), one.request(ask(8))];
    const ids = asked().map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    reply(ids[2]!, 'third');
    reply(ids[1]!, 'second');
    reply(ids[0]!, 'first');
    reply(ids[0]!, 'once more');
    expect(await Promise.all(answers)).toEqual([
      { id: 7, ok: true, value: 'first' },
      { id: 7, ok: true, value: 'second' },
      { id: 8, ok: true, value: 'third' },
    ]);
  });

  it('refuses what is not a request without telling the engine', async () => {
    const { host, asked } = begin();
    const page = host.connect(() => undefined);
    for (const message of [
      null,
      3,
      'x',
      [],
      {},
      { id: 1 },
      { id: -1, call: 'a', args: {} },
      { ...ask(1), more: 1 },
    ]) {
      expect(await page.request(message)).toMatchObject({ ok: false, failure: { code: 'malformed' } });
    }
    expect(asked()).toEqual([]);
  });

  it('counts the events of each page from 1 without gaps', () => {
    const { host, latest } = begin();
    const event = { kind: 'event', event: 'engine:restarted', payload: { message: 'x' } };
    const [early, late]: Push[][] = [[], []];
    const first = host.connect((push) => early!.push(push));
    latest().say(event);
    host.connect((push) => late!.push(push));
    latest().say(event);
    host.push('menu:command', { command: 'open' });
    first.close();
    latest().say(event);
    expect(early!.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(late!.map(({ seq }) => seq)).toEqual([1, 2, 3]);
    expect(late![1]).toEqual({ seq: 2, event: 'menu:command', payload: { command: 'open' } });
  });

  it('starts an engine that ended again with what was open and permitted, and says so', async () => {
    const { host, engines, latest } = begin();
    const pushed: Push[] = [];
    const page = host.connect((push) => pushed.push(push));
    host.grant('/data/a.h5ad');
    latest().say({ kind: 'event', event: 'project:changed', payload: { project: { folder: '/p' } } });
    const lost = page.request(ask(1));
    latest().end('SIGKILL');
    expect(await lost).toMatchObject({ id: 1, ok: false, failure: { code: 'gone' } });
    expect(engines).toHaveLength(2);
    expect(latest().sent[0]).toMatchObject({ kind: 'start', folder: '/p', granted: ['/data/a.h5ad'] });
    expect(pushed.at(-1)).toMatchObject({ seq: 2, event: 'engine:restarted' });
    expect((pushed.at(-1)!.payload as { message: string }).message).toMatch(/SIGKILL.*was started again/u);
  });

  it('remembers what was picked in the page, unless that was refused', async () => {
    const { host, latest, asked, reply } = begin();
    const page = host.connect(() => undefined);
    const pick = (id: number, path: string) => page.request({ id, call: 'files:picked', args: { path } });
    const [good, bad] = [pick(1, '/data/good'), pick(2, '/data/bad')];
    const failure = { code: 'input', message: 'No.' };
    reply(asked()[0]!.id, {});
    latest().say({ kind: 'response', response: { id: asked()[1]!.id, ok: false, failure } });
    await Promise.all([good, bad]);
    latest().end('code 1');
    expect(latest().sent[0]).toMatchObject({ kind: 'start', granted: ['/data/good'] });
  });

  it('leaves an engine alone that ends four times within a minute, until the minute is over', async () => {
    vi.useFakeTimers();
    try {
      const { host, engines, latest } = begin();
      const pushed: Push[] = [];
      const page = host.connect((push) => pushed.push(push));
      for (let i = 0; i < 4; i += 1) latest().end('code 70');
      expect(engines).toHaveLength(4);
      expect((pushed.at(-1)!.payload as { message: string }).message).toMatch(/again and again \(code 70\)/u);
      expect(await page.request(ask(1))).toMatchObject({ ok: false, failure: { code: 'gone' } });
      expect(engines).toHaveLength(4);
      vi.advanceTimersByTime(61_000);
      void page.request(ask(2));
      expect(engines).toHaveLength(5);
      expect(latest().sent).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  it('answers its own calls itself, parsed like all others', async () => {
    const choose = vi.fn(() => Promise.resolve({ path: '/x' }));
    const { host, asked } = begin({ own: { 'files:choose': choose } });
    const page = host.connect(() => undefined);
    const good = { id: 1, call: 'files:choose', args: { purpose: 'project' } };
    expect(await page.request(good)).toEqual({ id: 1, ok: true, value: { path: '/x' } });
    expect(await page.request({ ...good, args: { purpose: 'all' } })).toMatchObject({
      failure: { code: 'malformed' },
    });
    choose.mockRejectedValueOnce(new UserError('No.', { file: '/f' }));
    expect(await page.request(good)).toMatchObject({
      failure: { code: 'input', message: 'No.', place: { file: '/f' } },
    });
    expect(choose).toHaveBeenCalledTimes(2);
    expect(asked()).toEqual([]);
  });

  it('turns a failure of its own call into a UserError', async () => {
    const { host, asked, latest } = begin();
    const calling = host.call('project:current', {});
    const failure = { code: 'input', message: 'The folder is gone.', place: { file: '/p' } };
    latest().say({ kind: 'response', response: { id: asked()[0]!.id, ok: false, failure } });
    await expect(calling).rejects.toMatchObject({
      name: 'UserError',
      message: 'The folder is gone.',
      kind: 'input',
    });
  });

  it('keeps a path that was opened before any page was there', async () => {
    const { host, latest } = begin();
    host.open('/p/one');
    host.open('/p/two');
    const pushed: Push[] = [];
    host.connect((push) => pushed.push(push));
    await Promise.resolve();
    expect(pushed).toEqual([{ seq: 1, event: 'app:open', payload: { path: '/p/two' } }]);
    expect(latest().sent).toContainEqual({ kind: 'grant', path: '/p/two' });
  });

  it('shuts down once, waits for the engine, and does not start it again', async () => {
    const { host, engines, latest } = begin();
    let over = false;
    void host.shutdown().then(() => (over = true));
    void host.shutdown();
    expect(latest().sent.filter((m) => (m as ToEngine).kind === 'shutdown')).toHaveLength(1);
    expect(await host.connect(() => undefined).request(ask(1))).toMatchObject({ failure: { code: 'gone' } });
    expect(over).toBe(false);
    latest().end('code 0');
    await host.shutdown();
    expect(over).toBe(true);
    expect(engines).toHaveLength(1);
  });

  it('refuses more than it can keep', async () => {
    const { host, asked } = begin();
    const page = host.connect(() => undefined);
    for (let id = 0; id < 2000; id += 1) void page.request(ask(id));
    expect(await page.request(ask(2000))).toMatchObject({ failure: { code: 'refused' } });
    expect(asked()).toHaveLength(2000);
  });
});
