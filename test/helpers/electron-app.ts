import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { vi } from 'vitest';
import type { Push, Request, Response } from '../../src-shared/contract/messages.ts';
import type { ProjectState } from '../../src-shared/domain/project.ts';
import type * as FakeElectron from './fake-electron.ts';
import { channels } from '../../src-main/channels.ts';

type Fake = typeof FakeElectron;
type Process = InstanceType<Fake['FakeUtilityProcess']>;

/** What the engine of these tests answers; calls that are not here are refused. */
const answers: Record<string, unknown> = {
  'app:settings': { theme: 'dark', backend: 'auto' },
  'app:change-settings': { theme: 'light', backend: 'auto' },
  'app:recent': [{ folder: '/data/old', name: 'Old', opened: '2026-01-01T00:00:00Z', present: true }],
  'project:current': { project: null },
};

/** Lets everything that is under way arrive. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 5; i += 1) await setImmediate();
}

/** The desktop app on a fake Electron with a fake engine, as src-main/main.ts starts it. */
export class ElectronApp {
  readonly electron: Fake;
  readonly home: string;
  readonly #undo: (() => void)[] = [];

  private constructor(electron: Fake, home: string) {
    this.electron = electron;
    this.home = home;
  }

  /** @param argv arguments of the start, after the program's name */
  static async start(
    argv: readonly string[] = [],
    prepare: (electron: Fake) => void = () => undefined,
  ): Promise<ElectronApp> {
    vi.resetModules();
    const electron = await import('./fake-electron.ts');
    vi.doMock('electron', () => electron);
    const home = mkdtempSync(join(tmpdir(), 'spagene-electron-'));
    const started = new ElectronApp(electron, home);
    started.#keep(argv);
    electron.utilityProcess.make = () => started.#engine();
    prepare(electron);
    await import('../../src-main/main.ts');
    electron.app.early.push('ready');
    electron.app.ready();
    await settle();
    return started;
  }

  get window() {
    return this.electron.BrowserWindow.all[0]!;
  }

  get contents() {
    return this.window.webContents;
  }

  /** The engine's process that was started last. */
  get engine(): Process {
    return this.electron.utilityProcess.forked.at(-1)!.process;
  }

  /** What was posted to the engine so far. */
  get told(): {
    kind: string;
    path?: string;
    request?: Request;
    folder?: string | null;
    granted?: string[];
  }[] {
    return this.engine.posted as never;
  }

  get pushes(): Push[] {
    return this.contents.sent
      .filter(({ channel }) => channel === channels.push)
      .map(({ message }) => message as Push);
  }

  /** A message from the page without an answer. */
  async send(channel: string, message?: unknown, event: object = this.#event()): Promise<void> {
    this.electron.ipcMain.emit(channel, event, message);
    await settle();
  }

  async connect(): Promise<void> {
    await this.send(channels.connect);
  }

  /** A request from the page. */
  async ask(call: string, args: unknown, event: object = this.#event()): Promise<Response> {
    const handler = this.electron.ipcMain.handlers.get(channels.request)!;
    return (await handler(event as never, { id: 1, call, args })) as Response;
  }

  /** An event of the engine. */
  async emit(event: string, payload: unknown): Promise<void> {
    this.engine.emit('message', { kind: 'event', event, payload });
    await settle();
  }

  async open(project: ProjectState | null): Promise<void> {
    await this.emit('project:changed', { project });
  }

  stop(): void {
    for (const undo of this.#undo.reverse()) undo();
    rmSync(this.home, { recursive: true, force: true });
  }

  #event(): object {
    return { sender: this.contents, senderFrame: this.contents.mainFrame };
  }

  #engine(): Process {
    const engine = new this.electron.FakeUtilityProcess();
    engine.on('test:posted', (message: { kind: string; request?: Request }) => {
      if (message.kind === 'shutdown') queueMicrotask(() => engine.emit('exit', 0));
      if (message.request === undefined) return;
      const { id, call } = message.request;
      const known = Object.hasOwn(answers, call);
      const failure = { code: 'internal', message: `no answer to ${call}` };
      const response = known ? { id, ok: true, value: answers[call] } : { id, ok: false, failure };
      queueMicrotask(() => engine.emit('message', { kind: 'response', response }));
    });
    return engine;
  }

  /** What main changes in its process, and the tests' is. */
  #keep(argv: readonly string[]): void {
    const { argv: before } = process;
    process.argv = ['/opt/spagene', ...argv];
    const had = process.env['SPAGENE_HOME'];
    process.env['SPAGENE_HOME'] = this.home;
    const listeners = (['uncaughtException', 'unhandledRejection'] as const).map(
      (name) => [name, process.listeners(name as 'uncaughtException')] as const,
    );
    this.#undo.push(() => {
      process.argv = before;
      if (had === undefined) delete process.env['SPAGENE_HOME'];
      else process.env['SPAGENE_HOME'] = had;
      for (const [name, kept] of listeners) {
        for (const each of process.listeners(name as 'uncaughtException'))
          if (!kept.includes(each)) process.off(name, each);
      }
    });
  }
}
