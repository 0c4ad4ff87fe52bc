import type { EventName, EventOf } from '../../src-shared/contract/events.ts';
import {
  isCallName,
  type Args,
  type CallName,
  type Handlers,
  type Result,
} from '../../src-shared/contract/handlers.ts';
import type { Push, Request, Response } from '../../src-shared/contract/messages.ts';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { Child, Spawn } from './child.ts';
import { answer, isResponse, readRequest, refuse } from './dispatch.ts';
import { InFlight } from './in-flight.ts';
import { PageLinks } from './page-links.ts';
import { kindOf, type FromEngine, type ToEngine } from './protocol.ts';
import { serveSpawns } from './relay.ts';
import { RestartLimit } from './restart-limit.ts';

export interface EngineHostOptions {
  readonly spawn: Spawn;
  readonly shell: 'electron' | 'browser';
  readonly version: string;
  /** Calls that the host answers itself, such as dialogs of the system. */
  readonly own?: Partial<Handlers>;
  /** Called for every engine process that is started, such as to hand it ports. */
  readonly started?: (child: Child) => void;
  /** Called for every event that pages get, such as to name the window after the project. */
  readonly heard?: <K extends EventName>(event: K, payload: EventOf<K>) => void;
}

/** One page's line to the engine. */
export interface PageConnection {
  /** Answers a message from the page, whatever it is. Never rejects. */
  request(message: unknown): Promise<Response>;
  close(): void;
}

/** Requests of all pages that may wait for an answer at the same time. */
const MOST_WAITING = 2000;
/** Milliseconds in which an engine that was told to leave saves its jobs, before it is killed. */
const LEAVE = 30_000;
const MOST_GRANTED = 1000;

/** Starts the engine's process, keeps it running, and relays between it and any number of pages. */
export class EngineHost {
  readonly #options: EngineHostOptions;
  readonly #links = new PageLinks();
  readonly #waiting = new InFlight();
  readonly #restarts = new RestartLimit();
  readonly #granted = new Set<string>();
  #engine: Child | undefined;
  #folder: string | null = null;
  #leaving: Promise<void> | undefined;

  constructor(options: EngineHostOptions) {
    this.#options = options;
    this.#start();
  }

  /** Folder of the open project. */
  get folder(): string | null {
    return this.#folder;
  }

  /** A page that listens from now on; its pushes are counted from 1. */
  connect(push: (message: Push) => void): PageConnection {
    const close = this.#links.add(push);
    return { request: (message) => this.#answer(message), close };
  }

  /** A call of the host itself. Throws a UserError with the failure's sentence. */
  async call<K extends CallName>(name: K, args: Args<K>): Promise<Result<K>> {
    const answered = await this.#answer({ id: 0, call: name, args });
    if (answered.ok) return answered.value as Result<K>;
    const { code, message, place } = answered.failure;
    const kind = code === 'input' || code === 'usage' || code === 'stopped' ? code : 'internal';
    throw new UserError(message, place, kind);
  }

  /** An event of the host itself, to every page. */
  push<K extends EventName>(event: K, payload: EventOf<K>): void {
    this.#options.heard?.(event, payload);
    this.#links.push(event, payload);
  }

  /** Lets the engine read a path that the user picked in a dialog of the system. */
  grant(path: string): void {
    this.#remember(path);
    this.#tell({ kind: 'grant', path });
  }

  /** A path that was opened from outside; kept for the first page when there is none yet. */
  open(path: string): void {
    this.grant(path);
    this.#links.pushOrKeep('app:open', { path });
  }

  /** Pauses the jobs with a checkpoint and ends the engine; calls are refused from now on. */
  shutdown(): Promise<void> {
    this.#leaving ??= this.#end();
    return this.#leaving;
  }

  async #answer(message: unknown): Promise<Response> {
    const read = readRequest(message);
    if (isResponse(read)) return read;
    const own = this.#ownAnswer(read);
    if (own !== undefined) return own;
    if (this.#leaving !== undefined) return refuse(read.id, 'gone', 'SpaGene is closing.');
    if (this.#engine === undefined && this.#restarts.allowed()) this.#start();
    if (this.#engine === undefined) return refuse(read.id, 'gone', this.#restarts.sentence());
    if (this.#waiting.size >= MOST_WAITING)
      return refuse(
        read.id,
        'refused',
        'Too many requests are waiting for an answer; try again in a moment.',
      );
    const answered = await this.#waiting.ask(read, (request) => this.#tell({ kind: 'request', request }));
    // What the user picked in the page's own dialog stays picked when the engine has to be started again.
    if (read.call === 'files:picked' && answered.ok) this.#remember((read.args as Args<'files:picked'>).path);
    return answered;
  }

  #ownAnswer(read: Request): Promise<Response> | undefined {
    if (!isCallName(read.call)) return undefined;
    const handler = this.#options.own?.[read.call];
    return handler === undefined ? undefined : answer(handler as never, read.call, read);
  }

  #remember(path: string): void {
    this.#granted.delete(path);
    this.#granted.add(path);
    if (this.#granted.size > MOST_GRANTED) this.#granted.delete(this.#granted.values().next().value!);
  }

  #start(): void {
    const child = this.#options.spawn('engine-process');
    this.#engine = child;
    serveSpawns(child, this.#options.spawn);
    child.onMessage((message) => this.#hear(message));
    child.onExit((how) => this.#exited(child, how));
    const { shell, version } = this.#options;
    this.#tell({ kind: 'start', shell, version, folder: this.#folder, granted: [...this.#granted] });
    this.#options.started?.(child);
  }

  #tell(message: ToEngine): void {
    this.#engine?.send(message);
  }

  #hear(message: unknown): void {
    const kind = kindOf(message);
    if (kind !== 'response' && kind !== 'event') return;
    const heard = message as FromEngine;
    if (heard.kind === 'response') this.#waiting.settle(heard.response);
    else if (heard.kind === 'event') {
      if (heard.event === 'project:changed') this.#folder = heard.payload.project?.folder ?? null;
      this.push(heard.event, heard.payload);
    }
  }

  #exited(child: Child, how: string): void {
    if (this.#engine !== child) return;
    this.#engine = undefined;
    this.#waiting.failAll('gone', `The engine's process ended while it worked on this (${how}); try again.`);
    if (this.#leaving !== undefined) return;
    const again = this.#restarts.allowed(how);
    // Before the start, which may hand ports to the pages: they drop the old ones on hearing this.
    this.push('engine:restarted', { message: this.#restarts.sentence() });
    if (again) this.#start();
  }

  async #end(): Promise<void> {
    const child = this.#engine;
    if (child === undefined) return;
    await new Promise<void>((resolve) => {
      const impatient = setTimeout(() => child.kill(), LEAVE);
      child.onExit(() => {
        clearTimeout(impatient);
        resolve();
      });
      child.send({ kind: 'shutdown' } satisfies ToEngine);
    });
  }
}
