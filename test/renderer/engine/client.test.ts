import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient, EngineError } from '../../../src-renderer/engine/client.ts';
import { WebSocketTransport } from '../../../src-renderer/engine/websocket-transport.ts';
import { decode, encode } from '../../../src-shared/contract/wire.ts';

/** A socket whose other end is the test. */
class FakeSocket {
  static readonly OPEN = 1;
  static all: FakeSocket[] = [];
  static get latest(): FakeSocket {
    return FakeSocket.all.at(-1)!;
  }

  readonly sent: { id: number; call: string; args: unknown }[] = [];
  readyState = 0;
  binaryType = '';
  onopen: () => void = () => undefined;
  onclose: () => void = () => undefined;
  onmessage: (event: { data: unknown }) => void = () => undefined;

  readonly address: string;

  constructor(address: string) {
    this.address = address;
    FakeSocket.all.push(this);
  }

  send(data: string | Uint8Array): void {
    this.sent.push(decode(data) as { id: number; call: string; args: unknown });
  }

  close(): void {
    this.readyState = 3;
    this.onclose();
  }

  open(): void {
    this.readyState = 1;
    this.onopen();
  }

  say(message: unknown): void {
    const data = encode(message);
    this.onmessage({ data: typeof data === 'string' ? data : data.buffer });
  }

  push(seq: number, command = 'x'): void {
    this.say({ seq, event: 'menu:command', payload: { command } });
  }

  answer(value: unknown, index = this.sent.length - 1): void {
    this.say({ id: this.sent[index]!.id, ok: true, value });
  }
}

const begin = () => createClient(new WebSocketTransport('ws://here/engine'));
/** Lets promises that are settled by now go on. */
const settle = () => vi.advanceTimersByTimeAsync(0);
const codeOf = (calling: Promise<unknown>) =>
  calling.then(
    () => 'answered',
    (error: unknown) => (error instanceof EngineError ? error.code : 'another error'),
  );

beforeEach(() => {
  FakeSocket.all = [];
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('calls over a WebSocket', () => {
  it('wait for the link, and get their own answers in any order', async () => {
    const client = begin();
    expect([client.status, FakeSocket.latest.address]).toEqual(['connecting', 'ws://here/engine']);
    const [one, two] = [
      client.call('project:restore', { trash: 'a' }),
      client.call('job:cancel', { id: 'run-1' }),
    ];
    await settle();
    expect(FakeSocket.latest.sent).toEqual([]);
    FakeSocket.latest.open();
    await settle();
    expect(client.status).toBe('up');
    expect(FakeSocket.latest.sent.map(({ call, args }) => [call, args])).toEqual([
      ['project:restore', { trash: 'a' }],
      ['job:cancel', { id: 'run-1' }],
    ]);
    FakeSocket.latest.answer({ trash: 'b' }, 1);
    FakeSocket.latest.answer({}, 0);
    expect([await one, await two]).toEqual([{}, { trash: 'b' }]);
  });

  it('carry vectors both ways', async () => {
    const client = begin();
    FakeSocket.latest.open();
    const calling = client.call('map:cell-names', { cells: Uint32Array.of(3, 1) });
    const values = client.call('map:gene', { run: null, gene: 'A', layer: 'measured' });
    await settle();
    expect(FakeSocket.latest.sent[0]!.args).toEqual({ cells: Uint32Array.of(3, 1) });
    FakeSocket.latest.answer({ names: ['c', 'a'] }, 0);
    FakeSocket.latest.answer({ values: Float32Array.of(1, Number.NaN), unit: 'counts' }, 1);
    expect(await calling).toEqual({ names: ['c', 'a'] });
    expect(await values).toEqual({ values: Float32Array.of(1, Number.NaN), unit: 'counts' });
  });

  it('fail with the code, sentence and place of the engine, and when an answer is not of the contract', async () => {
    const client = begin();
    FakeSocket.latest.open();
    const failing = client.call('project:open', { folder: '/p' });
    await settle();
    const failure = { code: 'input', message: 'It is gone.', place: { file: '/p' } };
    FakeSocket.latest.say({ id: FakeSocket.latest.sent[0]!.id, ok: false, failure });
    await expect(failing).rejects.toMatchObject({ name: 'EngineError', ...failure });
    for (const wrong of [{ trash: 7 }, { trash: 'a', more: 1 }, null]) {
      const calling = client.call('job:cancel', { id: 'run-1' });
      await settle();
      FakeSocket.latest.answer(wrong);
      await expect(calling).rejects.toMatchObject({ code: 'internal' });
    }
  });

  it('are given up when there is no link for ten seconds', async () => {
    const code = codeOf(begin().call('app:info', {}));
    await vi.advanceTimersByTimeAsync(9_900);
    FakeSocket.latest.close();
    await vi.advanceTimersByTimeAsync(200);
    expect(await code).toBe('gone');
  });
});

describe('a link that is lost', () => {
  it('fails what was under way, is tried again with longer and longer waits, and asks for a new look', async () => {
    const client = begin();
    const seen: string[] = [];
    client.onStatus((status) => seen.push(status));
    client.onResync(() => seen.push('resync'));
    FakeSocket.latest.open();
    FakeSocket.latest.push(1);
    const code = codeOf(client.call('app:info', {}));
    await settle();
    FakeSocket.latest.close();
    expect(await code).toBe('gone');
    const opened: number[] = [];
    for (let ms = 0, known = 1; ms < 12_000; ms += 50) {
      await vi.advanceTimersByTimeAsync(50);
      if (FakeSocket.all.length > known) opened.push(ms + 50);
      if (FakeSocket.all.length > known) FakeSocket.latest.close();
      known = FakeSocket.all.length;
    }
    expect(opened).toEqual([250, 750, 1750, 3750, 7750]);
    await vi.advanceTimersByTimeAsync(5000);
    FakeSocket.latest.open();
    expect(seen).toEqual(['up', 'lost', 'up', 'resync']);
    // A new link counts from 1 again.
    FakeSocket.latest.push(1);
    expect(client.statistics).toMatchObject({ events: 2, gaps: 0, reconnects: 1 });
  });

  it('is given up when what comes is no message', () => {
    const client = begin();
    FakeSocket.latest.open();
    FakeSocket.latest.onmessage({ data: 'not JSON' });
    expect(client.status).toBe('lost');
  });

  it('is not tried again once the client is closed', async () => {
    const client = begin();
    FakeSocket.latest.open();
    client.close();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(FakeSocket.all).toHaveLength(1);
  });
});

describe('events', () => {
  it('reach those who listen, parsed, until they stop', () => {
    const client = begin();
    FakeSocket.latest.open();
    const heard: string[] = [];
    const stop = client.on('menu:command', ({ command }) => heard.push(command));
    client.on('engine:restarted', () => heard.push('wrong one'));
    FakeSocket.latest.push(1, 'a');
    stop();
    FakeSocket.latest.push(2, 'b');
    expect(heard).toEqual(['a']);
    expect(client.statistics).toMatchObject({ events: 2, gaps: 0, refused: 0 });
  });

  it('that are missing are noticed and counted, each jump once', () => {
    const client = begin();
    FakeSocket.latest.open();
    const resync = vi.fn();
    client.onResync(resync);
    for (const seq of [1, 2, 5, 6, 8]) FakeSocket.latest.push(seq);
    expect(client.statistics).toMatchObject({ events: 5, gaps: 3 });
    expect(resync).toHaveBeenCalledTimes(2);
  });

  it('that are not of the contract reach nobody', () => {
    const client = begin();
    FakeSocket.latest.open();
    const heard = vi.fn();
    client.on('menu:command', heard);
    FakeSocket.latest.say({ seq: 1, event: 'menu:command', payload: { command: 7 } });
    FakeSocket.latest.say({ seq: 2, event: 'constructor', payload: {} });
    FakeSocket.latest.say({ seq: 0, event: 'menu:command', payload: { command: 'x' } });
    expect(heard).not.toHaveBeenCalled();
    expect(client.statistics).toMatchObject({ events: 0, refused: 3, gaps: 0 });
  });
});
