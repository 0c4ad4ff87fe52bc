import { StoppedError, UserError } from '../../src-shared/contract/errors.ts';
import type { Work } from './context.ts';

type Report = (stage: string, share: number | null) => void;
type Tell = (progress: { ticket: string; stage: string; share: number | null }) => void;

/** Milliseconds between two reports of one piece of work. */
const BETWEEN = 100;

/** Work that runs under tickets; `tell` sends its progress. */
export class TicketedWork implements Work {
  readonly #running = new Map<string, AbortController>();
  readonly #tell: Tell;

  constructor(tell: Tell) {
    this.#tell = tell;
  }

  async run<T>(ticket: string, work: (signal: AbortSignal, report: Report) => Promise<T>): Promise<T> {
    if (this.#running.has(ticket)) {
      throw new UserError('This is being worked on already; wait for it, or stop it first.', {}, 'usage');
    }
    const controller = new AbortController();
    const reporter = new Reporter((stage, share) => this.#tell({ ticket, stage, share }));
    this.#running.set(ticket, controller);
    try {
      return await work(controller.signal, (stage, share) => reporter.report(stage, share));
    } catch (error) {
      // Libraries answer an abort with errors of their own.
      if (controller.signal.aborted) throw new StoppedError();
      throw error;
    } finally {
      reporter.end();
      this.#running.delete(ticket);
    }
  }

  cancel(ticket: string): void {
    this.#running.get(ticket)?.abort();
  }

  /** Stops everything, such as when the process is to end. */
  cancelAll(): void {
    for (const controller of this.#running.values()) controller.abort();
  }
}

/** Sends the first report at once and the latest of the others ten times a second. */
class Reporter {
  readonly #send: Report;
  #latest: Parameters<Report> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(send: Report) {
    this.#send = send;
  }

  report(stage: string, share: number | null): void {
    this.#latest = [stage, share];
    if (this.#timer === undefined) this.#flush();
  }

  end(): void {
    clearTimeout(this.#timer);
    if (this.#latest !== undefined) this.#send(...this.#latest);
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#latest === undefined) return;
    this.#send(...this.#latest);
    this.#latest = undefined;
    this.#timer = setTimeout(() => this.#flush(), BETWEEN);
  }
}
