import type { FailureCode, Request, Response } from '../../src-shared/contract/messages.ts';
import { refuse } from './dispatch.ts';

interface Waiting {
  /** The number that the page gave; several pages may use the same. */
  readonly id: number;
  readonly settle: (response: Response) => void;
}

/** Requests that were handed on and wait for their answer, under numbers of our own. */
export class InFlight {
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  get size(): number {
    return this.#waiting.size;
  }

  ask(request: Request, send: (request: Request) => void): Promise<Response> {
    const id = ++this.#last;
    return new Promise((settle) => {
      this.#waiting.set(id, { id: request.id, settle });
      send({ ...request, id });
    });
  }

  settle(response: Response): void {
    const waiting = this.#waiting.get(response.id ?? -1);
    if (waiting === undefined) return;
    this.#waiting.delete(response.id!);
    waiting.settle({ ...response, id: waiting.id });
  }

  failAll(code: FailureCode, message: string): void {
    const all = [...this.#waiting.values()];
    this.#waiting.clear();
    for (const { id, settle } of all) settle(refuse(id, code, message));
  }
}
