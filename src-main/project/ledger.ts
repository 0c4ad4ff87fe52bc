import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type {
  AnalysisRecord,
  DatasetRecord,
  EvaluationRecord,
  JobRecord,
  ProjectState,
  RunRecord,
} from '../../src-shared/domain/project.ts';
import type { Unresolved } from './stored-path.ts';

type File = DatasetRecord['files'][number];

/** What project.json keeps beside the state that the page sees. */
export class Ledger {
  readonly unresolved: Unresolved = new Map<string, string>();
  readonly #modified = new Map<string, { readonly sha256: string; readonly modified: number }>();
  readonly #madeWith = new Map<string, string>();

  /** When a file last changed (milliseconds since 1970) at the time at which it had this hash. */
  modifiedOf({ path, sha256 }: File): number | undefined {
    const known = this.#modified.get(path);
    return known?.sha256 === sha256 ? known.modified : undefined;
  }

  noteModified({ path, sha256 }: File, modified: number): void {
    this.#modified.set(path, { sha256, modified });
  }

  /** Notes the times of files that are new here. */
  async look(state: ProjectState): Promise<void> {
    for (const file of [...(state.spatial?.files ?? []), ...(state.reference?.files ?? [])]) {
      if (this.modifiedOf(file) !== undefined) continue;
      const found = await stat(file.path).catch(() => undefined);
      if (found?.size === file.bytes) this.noteModified(file, found.mtimeMs);
    }
  }

  /** Fingerprint of the data that a job reads or has read. */
  madeWith(job: JobRecord): string | undefined {
    return this.#madeWith.get(keyOf(job));
  }

  noteMadeWith(job: JobRecord, fingerprint: string): void {
    this.#madeWith.set(keyOf(job), fingerprint);
  }

  /** Marks jobs as stale whose data, or whose run's, are not those of the project (any more). */
  withStale(state: ProjectState): ProjectState {
    const now = fingerprint(state);
    const mark = <J extends RunRecord | EvaluationRecord>(job: J): J => {
      const hasNotBegun = job.state === 'queued' && job.seconds === 0;
      if (hasNotBegun || this.madeWith(job) === undefined) this.noteMadeWith(job, now);
      const stale = this.madeWith(job) !== now;
      return job.stale === stale ? job : { ...job, stale };
    };
    const runs = state.runs.map(mark);
    const analyses = state.analyses.map((job) => this.#markAnalysis(job, runs, now));
    return { ...state, runs, evaluations: state.evaluations.map(mark), analyses };
  }

  /** An analysis is of the data that its run was made with; without its run nobody can tell what it is of. */
  #markAnalysis(job: AnalysisRecord, runs: readonly RunRecord[], now: string): AnalysisRecord {
    const run = runs.find(({ id }) => id === job.run);
    const data = run && this.madeWith(run);
    if (data !== undefined) this.noteMadeWith(job, data);
    const stale = run === undefined || run.stale || this.madeWith(job) !== now;
    return job.stale === stale ? job : { ...job, stale };
  }
}

function keyOf({ kind, id }: JobRecord): string {
  return `${kind}/${id}`;
}

/** Says which data the two datasets are, wherever their files lie. */
export function fingerprint({ spatial, reference }: Pick<ProjectState, 'spatial' | 'reference'>): string {
  const text = JSON.stringify([spatial, reference].map((one) => one && partsOf(one)));
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** A dataset as a job sees it. */
function partsOf({ choice, files }: DatasetRecord): unknown {
  const column = choice.labels?.slice(choice.labels.lastIndexOf(':') + 1).replace(/^.*[\\/]/u, '');
  return [files.map(({ sha256 }) => sha256).sort(), choice.matrix, choice.section, column];
}
