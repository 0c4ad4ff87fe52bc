import { UserError } from '../../src-shared/contract/errors.ts';
import { isCallName, vectorCalls, type Handlers } from '../../src-shared/contract/handlers.ts';
import type { Response } from '../../src-shared/contract/messages.ts';
import type { Spawn } from '../host/child.ts';
import type { EngineEvent, FromEngine, ToEngine } from '../host/protocol.ts';
import type { Port } from '../host/this-process.ts';
import { dispatch, failureOf, isResponse, readRequest, refuse } from '../host/dispatch.ts';
import { createEngine, type Engine } from './engine.ts';

/** Milliseconds in which jobs are saved when nobody is left to wait for them. */
const LEAVE = 30_000;

/** What the engine's process does with the messages of its host. */
export class EngineService {
  readonly #spawn: Spawn;
  readonly #say: (message: FromEngine) => void;
  readonly #exit: (code: number) => void;
  readonly #begun: Promise<Engine>;
  #begin: (engine: Engine | Promise<Engine>) => void = () => undefined;
  #leaving = false;

  constructor(spawn: Spawn, say: (message: FromEngine) => void, exit: (code: number) => void) {
    this.#spawn = spawn;
    this.#say = say;
    this.#exit = exit;
    this.#begun = new Promise((resolve) => (this.#begin = resolve));
  }

  hear(message: ToEngine): void {
    if (message.kind === 'start') this.#begin(this.#start(message));
    else if (message.kind === 'request') {
      void this.#answer(message.request).then((response) => this.#say({ kind: 'response', response }));
    } else if (message.kind === 'grant') {
      void this.#begun.then((engine) => grant(engine, message.path));
    } else this.leave();
  }

  /** Answers requests for vectors over a line of their own; all others go through the host, which may refuse them. */
  serve(port: Port): void {
    port.on(
      'message',
      ({ data }) => void this.#answerVector(data).then((response) => port.postMessage(response)),
    );
    port.start();
  }

  /** Saves what runs and ends the process. */
  leave(): void {
    if (this.#leaving) return;
    this.#leaving = true;
    setTimeout(() => this.#exit(1), LEAVE).unref();
    this.#begun
      .then((engine) => engine.close())
      .then(
        () => this.#exit(0),
        (error: unknown) => {
          failureOf(error, 'closing');
          this.#exit(1);
        },
      );
  }

  async #start({ version, shell, folder, granted }: Extract<ToEngine, { kind: 'start' }>): Promise<Engine> {
    const engine = createEngine({
      version,
      shell,
      spawn: this.#spawn,
      emit: (event, payload) => this.#say({ kind: 'event', event, payload } as EngineEvent),
    });
    for (const path of granted) grant(engine, path);
    if (folder !== null) await reopen(engine.handlers, folder);
    this.#say({ kind: 'ready' });
    return engine;
  }

  async #answerVector(message: unknown): Promise<Response> {
    const read = readRequest(message);
    if (isResponse(read)) return read;
    if (isCallName(read.call) && vectorCalls.has(read.call)) return this.#answer(read);
    return refuse(read.id, 'refused', 'Only vectors are asked for over this line.');
  }

  async #answer(message: unknown): Promise<Response> {
    const { handlers } = await this.#begun;
    return dispatch(handlers, message);
  }
}

/** A path that is gone by now is said to be so when it is used. */
function grant({ access }: Engine, path: string): void {
  try {
    access.grant(path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
  }
}

/** The project of the process before this one. When it cannot be opened, the page finds none open and says so. */
async function reopen(handlers: Handlers, folder: string): Promise<void> {
  await handlers['project:open']({ folder }).catch((error: unknown) => failureOf(error, 'project:open'));
}
