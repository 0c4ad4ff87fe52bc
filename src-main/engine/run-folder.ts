import { existsSync } from 'node:fs';
import { appendFile, mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import { writeError, writeFileAtomically } from '../io/atomic-write.ts';
import { readTensors, writeTensors } from '../io/safetensors.ts';
import type { TrainingStore } from '../methods/train-members.ts';
import type { TensorData, TensorMap } from '../model/frozen-state.ts';
import type { Snapshot } from '../train/stage.ts';

const CHECKPOINT_SECONDS = 20;

/** Layout of a run on disk: config.json, report.json, losses.ndjson, checkpoint/, imputed.h5ad. */
export class RunFolder implements TrainingStore {
  readonly path: string;
  readonly #checkpoints: string;
  #savedAt = Date.now();

  private constructor(path: string) {
    this.path = path;
    this.#checkpoints = join(path, 'checkpoint');
  }

  get imputed(): string {
    return join(this.path, 'imputed.h5ad');
  }

  /** Starts a new run. Throws a UserError when the folder already holds one or cannot be made. */
  static async create(path: string, config: object): Promise<RunFolder> {
    if (existsSync(join(path, 'config.json'))) {
      throw new UserError(
        `${path} already holds a run; add --resume to go on with it, or choose another folder.`,
        { file: path },
      );
    }
    const folder = new RunFolder(path);
    try {
      await makeFolder(folder.#checkpoints);
    } catch (error) {
      throw writeError(error, path);
    }
    await folder.writeJson('config.json', config);
    return folder;
  }

  /** Opens a run that was started before. Throws a UserError when there is none. */
  static async open(path: string): Promise<RunFolder> {
    if (!existsSync(join(path, 'config.json'))) {
      throw new UserError(`${path} holds no run to resume: config.json is not there.`, { file: path });
    }
    const folder = new RunFolder(path);
    await makeFolder(folder.#checkpoints);
    return folder;
  }

  async readJson(name: string): Promise<unknown> {
    const path = join(this.path, name);
    try {
      return JSON.parse(await readFile(path, 'utf8')) as unknown;
    } catch (error) {
      throw new UserError(
        `${path} cannot be read as JSON; start the run again.`,
        { file: path },
        'input',
        error,
      );
    }
  }

  async writeJson(name: string, content: object): Promise<void> {
    await writeFileAtomically(join(this.path, name), `${JSON.stringify(content, null, 2)}\n`);
  }

  /** Adds a loss point to losses.ndjson. */
  async addLosses(point: LossPoint): Promise<void> {
    const path = join(this.path, 'losses.ndjson');
    try {
      await appendFile(path, `${JSON.stringify(point)}\n`);
    } catch (error) {
      throw writeError(error, path);
    }
  }

  /** Drops loss points that a resumed run will yield again, and a last line that a crash cut short. */
  async forgetRedone(): Promise<void> {
    const path = join(this.path, 'losses.ndjson');
    if (!existsSync(path)) return;
    const { stage, step } = await this.#reached();
    const kept = (await readFile(path, 'utf8')).split('\n').filter((line) => {
      const point = parsedPoint(line);
      if (point === undefined) return false;
      const of = `member ${point.member} ${point.stage.replace('-', ' ')}`;
      return existsSync(this.#file(of)) || (of === stage && point.step < step);
    });
    await writeFileAtomically(path, kept.map((line) => `${line}\n`).join(''));
  }

  /** Stage and step of the checkpoint. */
  async #reached(): Promise<{ stage: string | undefined; step: number }> {
    if (!existsSync(this.#progress)) return { stage: undefined, step: 0 };
    const { metadata } = await readTensors(this.#progress);
    const counters = JSON.parse(metadata['counters']!) as Record<string, number>;
    return { stage: metadata['stage'], step: counters['step'] ?? 0 };
  }

  async finished(stage: string): Promise<TensorMap | undefined> {
    const path = this.#file(stage);
    return existsSync(path) ? ((await readTensors(path)).tensors as TensorMap) : undefined;
  }

  async finish(stage: string, networks: TensorMap): Promise<void> {
    await writeTensors(this.#file(stage), networks, { stage });
    await rm(this.#progress, { force: true });
    this.#savedAt = Date.now();
  }

  async checkpoint(stage: string): Promise<Snapshot | undefined> {
    if (!existsSync(this.#progress)) return undefined;
    const { tensors, metadata } = await readTensors(this.#progress);
    if (metadata['stage'] !== stage) return undefined;
    return {
      tensors: tensors as ReadonlyMap<string, TensorData>,
      counters: JSON.parse(metadata['counters']!) as Record<string, number>,
    };
  }

  async save(stage: string, { tensors, counters }: Snapshot): Promise<void> {
    await writeTensors(this.#progress, tensors, { stage, counters: JSON.stringify(counters) });
    this.#savedAt = Date.now();
  }

  due(): boolean {
    return Date.now() - this.#savedAt >= CHECKPOINT_SECONDS * 1000;
  }

  /** Removes what only a resumed run would need, once the result is in place. */
  async clear(): Promise<void> {
    await rm(this.#progress, { force: true });
  }

  get #progress(): string {
    return join(this.#checkpoints, 'in-progress.safetensors');
  }

  #file(stage: string): string {
    return join(this.#checkpoints, `${stage.replaceAll(' ', '-')}.safetensors`);
  }
}

/** mkdir with its parents, one at a time: Node's recursive form never returns on some virtual file systems. */
async function makeFolder(path: string): Promise<void> {
  if (existsSync(path)) return;
  await makeFolder(dirname(path));
  await mkdir(path);
}

function parsedPoint(line: string): LossPoint | undefined {
  try {
    return JSON.parse(line) as LossPoint;
  } catch {
    return undefined;
  }
}
