import { readFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { calibration, type Calibration, type Width } from '../../engine/calibrate.ts';
import type { FromJob, ToJob } from '../../engine/job-protocol.ts';
import type { BackendChoice } from '../../backend/select.ts';
import { writeFileAtomically } from '../../io/atomic-write.ts';
import { makeFolder } from '../../io/make-folder.ts';
import { configFolder } from '../../io/config-folder.ts';
import type { ServiceContext } from '../context.ts';

const FILE = 'calibration.json';
const saved = z.record(z.string(), calibration);

/** How fast this machine trains, measured once for every backend and width of networks, and kept with the settings. */
export class CalibrationStore {
  readonly #context: Pick<ServiceContext, 'spawn' | 'version'>;
  readonly #measuring = new Map<string, Promise<Calibration>>();

  constructor(context: Pick<ServiceContext, 'spawn' | 'version'>) {
    this.#context = context;
  }

  /** What was measured before; undefined when nothing was. */
  async known(backend: BackendChoice, width: Width): Promise<Calibration | undefined> {
    return (await readAll())[this.#key(backend, width)];
  }

  /** What was measured before, or, in some seconds, now. Throws a UserError when the backend cannot be used. */
  async measured(backend: BackendChoice, width: Width): Promise<Calibration> {
    const known = await this.known(backend, width);
    if (known !== undefined) return known;
    const key = this.#key(backend, width);
    const measuring = this.#measuring.get(key) ?? this.#measure(key, backend, width);
    this.#measuring.set(key, measuring);
    return measuring.finally(() => this.#measuring.delete(key));
  }

  async #measure(key: string, backend: BackendChoice, width: Width): Promise<Calibration> {
    const found = await this.#inProcess(backend, width);
    try {
      await makeFolder(configFolder());
      const all = { ...(await readAll()), [key]: found };
      await writeFileAtomically(join(configFolder(), FILE), `${JSON.stringify(all, null, 2)}\n`);
    } catch (error) {
      // Measured again the next time; the estimate is as good.
      if (!(error instanceof UserError)) throw error;
    }
    return found;
  }

  #inProcess(backend: BackendChoice, width: Width): Promise<Calibration> {
    const { spawn, version } = this.#context;
    const child = spawn('job-worker');
    return new Promise<Calibration>((resolve, reject) => {
      child.onMessage((raw) => {
        const message = raw as FromJob;
        const task = { kind: 'calibrate', backend, width } as const;
        if (message.kind === 'ready') child.send({ kind: 'run', task, version } satisfies ToJob);
        if (message.kind === 'calibrated') resolve(message.calibration);
        if (message.kind === 'error') reject(new UserError(message.message, {}, message.error));
      });
      child.onExit((how) =>
        reject(new UserError(`The process that measures the speed ended (${how}); try again.`)),
      );
    }).finally(() => child.kill());
  }

  #key(backend: BackendChoice, width: Width): string {
    const model = cpus()[0]?.model.trim() ?? '';
    return [this.#context.version, backend, width, `${availableParallelism()} × ${model}`].join(' · ');
  }
}

async function readAll(): Promise<Readonly<Record<string, Calibration>>> {
  try {
    return saved.parse(JSON.parse(await readFile(join(configFolder(), FILE), 'utf8')));
  } catch {
    return {};
  }
}
