import type { FromJob, JobEvent, JobTask, ToJob } from '../../engine/job-protocol.ts';
import type { Child, Spawn } from '../../host/child.ts';

/** How a job process ended. */
export type Outcome =
  | { readonly kind: 'done'; readonly failed: number }
  /** It was asked to stop and did, with a checkpoint. */
  | { readonly kind: 'stopped' }
  | { readonly kind: 'failed'; readonly message: string }
  /** It ended without a word: killed, or out of memory. `how` is "code 1" or a signal's name. */
  | { readonly kind: 'died'; readonly how: string };

export interface JobListener {
  readonly event: (event: JobEvent) => void;
  readonly memory: (bytes: number) => void;
}

/** One job in a process of its own. */
export class JobProcess {
  readonly ended: Promise<Outcome>;
  readonly #child: Child;

  constructor(spawn: Spawn, task: JobTask, version: string, listener: JobListener) {
    this.#child = spawn('job-worker');
    this.ended = new Promise((resolve) => {
      const end = (outcome: Outcome) => {
        resolve(outcome);
        this.#child.kill();
      };
      this.#child.onMessage((raw) => {
        const message = raw as FromJob;
        if (message.kind === 'ready') this.#say({ kind: 'run', task, version });
        else if (message.kind === 'event') listener.event(message.event);
        else if (message.kind === 'memory') listener.memory(message.bytes);
        else if (message.kind === 'done') end({ kind: 'done', failed: message.failed });
        else if (message.kind === 'error') {
          if (message.error === 'stopped') end({ kind: 'stopped' });
          else end({ kind: 'failed', message: message.message });
        }
      });
      this.#child.onExit((how) => resolve({ kind: 'died', how }));
    });
  }

  /** Asks for a checkpoint and the end; kills the process when that takes longer than `patience` milliseconds. */
  async stop(patience: number): Promise<Outcome> {
    this.#say({ kind: 'stop' });
    const timer = setTimeout(() => this.kill(), patience);
    const outcome = await this.ended;
    clearTimeout(timer);
    return outcome;
  }

  finishEarly(): void {
    this.#say({ kind: 'finish-early' });
  }

  kill(): void {
    this.#child.kill();
  }

  #say(message: ToJob): void {
    this.#child.send(message);
  }
}
