import { describe, expect, it } from 'vitest';
import type { Child, Spawn } from '../../../src-main/host/child.ts';
import { relayedSpawn, serveSpawns } from '../../../src-main/host/relay.ts';
import { PlayedChild } from '../../helpers/played-child.ts';

/** A process that may start none itself, and the host that starts them for it. */
function begin() {
  const started: { entry: string; args: readonly string[]; child: PlayedChild }[] = [];
  const spawn: Spawn = (entry, args = []) => {
    started.push({ entry, args, child: new PlayedChild(100 + started.length) });
    return started.at(-1)!.child;
  };
  const process = new PlayedChild();
  serveSpawns(process, spawn);
  return { started, process, ask: insideOf(process) };
}

/** The Spawn that a process has whose parent knows it as `outside`. */
function insideOf(outside: PlayedChild): Spawn {
  const listeners: ((message: unknown) => void)[] = [];
  outside.send = (message) => {
    for (const listener of listeners) listener(structuredClone(message));
  };
  return relayedSpawn({
    send: (message) => outside.say(message),
    onMessage: (listener) => void listeners.push(listener),
  });
}

function watch(child: Child) {
  const seen: unknown[] = [];
  child.onMessage((message) => seen.push(message));
  child.onExit((how) => seen.push(`ended: ${how}`));
  return seen;
}

describe('processes that are started by message', () => {
  it('are told, heard and ended like one of our own, each apart from the others', () => {
    const { started, ask } = begin();
    const [one, two] = [ask('job-worker', ['a']), ask('job-worker', ['b'])];
    const [seenOne, seenTwo] = [watch(one), watch(two)];
    expect(started.map(({ entry, args }) => [entry, ...args])).toEqual([
      ['job-worker', 'a'],
      ['job-worker', 'b'],
    ]);
    expect([one.pid, two.pid]).toEqual([100, 101]);
    one.send({ values: Float32Array.of(1, 2) });
    expect(started[0]!.child.sent).toEqual([{ values: Float32Array.of(1, 2) }]);
    expect(started[1]!.child.sent).toEqual([]);
    started[1]!.child.say({ codes: Uint16Array.of(3) });
    one.kill();
    expect(started[0]!.child.killed).toBe(true);
    expect(seenOne).toEqual(['ended: SIGTERM']);
    expect(seenTwo).toEqual([{ codes: Uint16Array.of(3) }]);
    // Too late for both: nobody is there.
    one.send('more');
    one.kill();
    expect(started[0]!.child.sent).toHaveLength(1);
  });

  it('may start others in turn, and all end with the one who asked', () => {
    const { started, process, ask } = begin();
    const seen = watch(ask('job-worker'));
    const inner = insideOf(started[0]!.child)('evaluate-worker', ['folder']);
    const seenInner = watch(inner);
    expect(started[1]).toMatchObject({ entry: 'evaluate-worker', args: ['folder'] });
    started[1]!.child.say('from the innermost');
    expect(seenInner).toEqual(['from the innermost']);
    expect(seen).toEqual([]);
    process.end('code 1');
    expect(started.map(({ child }) => child.killed)).toEqual([true, true]);
  });

  it('are only those that a job needs', () => {
    const { started, process } = begin();
    process.say({ kind: 'spawn:start', child: 1, entry: 'engine-process', args: [] });
    process.say({ kind: 'spawn:start', child: 2, entry: '../../evil', args: [] });
    process.say({ kind: 'spawn:send', child: 9, message: 1 });
    expect(started).toEqual([]);
  });

  it('tell an exit to those who ask late', async () => {
    const { started, ask } = begin();
    const child = ask('job-worker');
    started[0]!.child.end('code 3');
    expect(await new Promise((resolve) => child.onExit(resolve))).toBe('code 3');
  });
});
