import { existsSync } from 'node:fs';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import { writeError, writeFileAtomically } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { InputFile } from './inputs.ts';

/** One training of a trial: which genes were set aside, and the PCC of each. */
const line = z.strictObject({
  trial: z.number(),
  split: z.number(),
  seconds: z.number(),
  pcc: z.array(z.number()),
});

export type TrialResult = z.infer<typeof line>;

/** What a search was begun with; a resumed one must be asked for the same. */
export interface TuningFacts {
  readonly files: readonly InputFile[];
  readonly config: RunConfig;
  readonly folds: number;
  readonly fold: number | null;
  readonly backend: { readonly name: string; readonly threads: number };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A search on disk: tuning.json, trials.ndjson (a line a training), and config.json once it has ended. */
export class TuningFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** Throws a UserError when the folder is taken, or a resumed search differs from the one that was begun. */
  async begin(facts: TuningFacts, resume: boolean): Promise<void> {
    const file = join(this.path, 'tuning.json');
    const text = `${JSON.stringify({ format: 'spagene-tuning', formatVersion: 1, ...facts }, null, 2)}\n`;
    if (!existsSync(file)) {
      if (resume)
        throw new UserError(`${this.path} holds no search to resume: tuning.json is not there.`, { file });
      await makeFolder(this.path);
      await writeFileAtomically(file, text);
      return;
    }
    if (!resume) {
      throw new UserError(
        `${this.path} already holds a search; add --resume to go on with it, or choose another folder.`,
        { file: this.path },
      );
    }
    const saved = await readFile(file, 'utf8');
    if (saved === text) return;
    if (!isJson(saved)) {
      throw new UserError(`${file} is damaged; start the search again in another folder.`, { file });
    }
    throw new UserError(
      `--resume goes on with the search in ${this.path} as it began, but the data, the configuration, the folds or ` +
        'the backend differ from what is asked for now; repeat what it was begun with, or choose another folder.',
      { file },
      'usage',
    );
  }

  /** Trainings that are done; a last line that a crash cut short is left out. */
  async results(): Promise<TrialResult[]> {
    const file = this.#trials;
    if (!existsSync(file)) return [];
    const lines = (await readFile(file, 'utf8')).split('\n');
    const results = lines.flatMap((text) => {
      try {
        const parsed = line.safeParse(JSON.parse(text));
        return parsed.success ? [parsed.data] : [];
      } catch {
        return [];
      }
    });
    // Written anew, so that what is appended does not join a broken line.
    await writeFileAtomically(file, results.map((result) => `${JSON.stringify(result)}\n`).join(''));
    return results;
  }

  async add(result: TrialResult): Promise<void> {
    try {
      await appendFile(this.#trials, `${JSON.stringify(result)}\n`);
    } catch (error) {
      throw writeError(error, this.#trials);
    }
  }

  async writeJson(name: string, content: object): Promise<void> {
    await writeFileAtomically(join(this.path, name), `${JSON.stringify(content, null, 2)}\n`);
  }

  async writeText(name: string, content: string): Promise<void> {
    await writeFileAtomically(join(this.path, name), content);
  }

  get #trials(): string {
    return join(this.path, 'trials.ndjson');
  }
}
