import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import { writeError, writeFileAtomically } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import { Checkpoints } from './checkpoints.ts';

/** Layout of a run on disk: config.json, report.json, losses.ndjson, checkpoint/, imputed.h5ad. */
export class RunFolder {
  readonly path: string;
  readonly checkpoints: Checkpoints;

  private constructor(path: string) {
    this.path = path;
    this.checkpoints = new Checkpoints(RunFolder.#checkpointsIn(path));
  }

  static #checkpointsIn(path: string): string {
    return join(path, 'checkpoint');
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
    await makeFolder(RunFolder.#checkpointsIn(path));
    await folder.writeJson('config.json', config);
    return folder;
  }

  /** Opens a run that was started before. Throws a UserError when there is none. */
  static async open(path: string): Promise<RunFolder> {
    if (!existsSync(join(path, 'config.json'))) {
      throw new UserError(`${path} holds no run to resume: config.json is not there.`, { file: path });
    }
    const folder = new RunFolder(path);
    await makeFolder(RunFolder.#checkpointsIn(path));
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
    const { stage, step } = await this.checkpoints.reached();
    const kept = (await readFile(path, 'utf8')).split('\n').filter((line) => {
      const point = parsedPoint(line);
      if (point === undefined) return false;
      const of = `member ${point.member} ${point.stage.replace('-', ' ')}`;
      return this.checkpoints.isFinished(of) || (of === stage && point.step < step);
    });
    await writeFileAtomically(path, kept.map((line) => `${line}\n`).join(''));
  }
}

function parsedPoint(line: string): LossPoint | undefined {
  try {
    return JSON.parse(line) as LossPoint;
  } catch {
    return undefined;
  }
}
