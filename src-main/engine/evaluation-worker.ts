import { join } from 'node:path';
import { drain } from '../../src-shared/contract/drain.ts';
import {
  StoppedError,
  throwIfStopped,
  UserError,
  type StopSignal,
} from '../../src-shared/contract/errors.ts';
import { present } from '../../src-shared/contract/present.ts';
import type { EvaluationEvent, JobName } from '../../src-shared/domain/evaluation-event.ts';
import { shareDone } from '../../src-shared/domain/loss-point.ts';
import { mean } from '../../src-shared/maths/statistics.ts';
import { openEvaluation, type Evaluation } from '../evaluate/evaluation.ts';
import { genesOfFold, prepareFold, type Fold } from '../evaluate/fold.ts';
import { foldFolder, isFinished, seedFolder, writeFold, writeJob } from '../evaluate/job-files.ts';
import { layOut, type LaidOut } from '../evaluate/neighbourhood.ts';
import { runMethod } from '../evaluate/run-method.ts';
import { MoranOfFold, scoreFold } from '../evaluate/score.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { FitProgress, Method } from '../methods/method.ts';
import { noStore, type TrainingStore } from '../methods/train-members.ts';
import { Checkpoints } from './checkpoints.ts';
import { fingerprint, SharedReference } from './shared-reference.ts';
import { ruleOf, type EvaluationSettings } from './evaluation-settings.ts';
import { openInputs, type Inputs } from './inputs.ts';
import { methodsNamed } from './method-table.ts';

/** Methods of one fold that are run one after the other because they share what they train. */
export interface JobUnit {
  readonly seed: number;
  readonly fold: number;
  readonly methods: readonly string[];
}

/** What a job tells while it runs; the counts of finished jobs are the evaluation's business. */
export type JobEvent =
  | Extract<EvaluationEvent, { kind: 'job-progress' }>
  | Omit<Extract<EvaluationEvent, { kind: 'job' }>, 'finished' | 'total'>;

/** A fold that is ready, with what all its methods share. */
interface PreparedFold {
  readonly fold: Fold;
  readonly moran: MoranOfFold;
}

/** Folders of networks that several folds share; removed when no job is left. */
export const SHARED_TRAINING = 'reference-';

/** Runs jobs of an evaluation one by one, keeping the data and the last fold in memory. */
export class EvaluationWorker {
  readonly #root: string;
  readonly #settings: EvaluationSettings;
  readonly #emit: (event: JobEvent) => void;
  readonly #stop: StopSignal | undefined;
  #inputs: Inputs | undefined;
  #evaluation: Evaluation | undefined;
  #prepared: PreparedFold | undefined;

  constructor(
    root: string,
    settings: EvaluationSettings,
    emit: (event: JobEvent) => void,
    stop: StopSignal | undefined,
  ) {
    this.#root = root;
    this.#settings = settings;
    this.#emit = emit;
    this.#stop = stop;
  }

  /**
   * Runs what is not finished of a unit. A job that fails is told and the next one goes on; a stop, and data that
   * cannot be read or processed, are thrown.
   */
  async run({ seed, fold, methods }: JobUnit): Promise<void> {
    const missing = methods.filter((name) => !isFinished(this.#root, seed, fold, name));
    if (missing.length === 0) return;
    const prepared = await this.#prepare(seed, fold);
    for (const method of methodsNamed(missing, this.#settings.config)) {
      throwIfStopped(this.#stop);
      const job: JobName = { method: method.name, seed, fold };
      this.#emit({ kind: 'job', state: 'started', ...job });
      try {
        await this.#runJob(method, prepared, job);
      } catch (error) {
        if (error instanceof StoppedError) throw error;
        this.#emit({ kind: 'job', state: 'failed', message: sentenceOf(error), ...job });
      }
    }
    await this.#forgetTraining(seed, fold, missing);
  }

  async close(): Promise<void> {
    await this.#inputs?.close();
  }

  async #runJob(method: Method, { fold, moran }: PreparedFold, job: JobName): Promise<void> {
    const store = method.group === undefined ? noStore : await this.#store(fold, method.group);
    const running = runMethod(method, fold, store, this.#stop);
    const imputation = await drain(running, (progress) =>
      this.#emit({ kind: 'job-progress', share: shareOf(progress), ...job }),
    );
    const scores = scoreFold(method.name, fold, imputation.imputed, moran);
    const warnings = this.#evaluation!.warnings.map(({ message }) => message);
    await writeJob(this.#root, fold, method, imputation, scores, warnings);
    const pcc = mean(scores.map((score) => score.pcc));
    this.#emit({ kind: 'job', state: 'done', seconds: imputation.seconds, pcc, ...job });
  }

  async #prepare(seed: number, fold: number): Promise<PreparedFold> {
    const same = this.#prepared?.fold;
    if (same?.seed === seed && same.fold === fold) return this.#prepared!;
    // The last fold's matrices are let go before the next one's are made.
    this.#prepared = undefined;
    this.#evaluation ??= await this.#open();
    const genes = genesOfFold(this.#evaluation, ruleOf(this.#settings), seed, fold);
    const ready = await prepareFold(this.#evaluation, genes, this.#stop);
    const drawn = this.#positions(ready.fileRows, 'drawn');
    const unit = this.#evaluation.coordinates?.unit ?? 'unknown';
    await writeFold(this.#root, ready, drawn, unit);
    this.#prepared = { fold: ready, moran: new MoranOfFold(ready, this.#positions(ready.fileRows, 'apart')) };
    return this.#prepared;
  }

  async #open(): Promise<Evaluation> {
    const { inputs, config } = this.#settings;
    this.#inputs = await openInputs(present(inputs));
    const { spatial, reference, labels, coordinates, sections } = this.#inputs;
    const opened = { spatial, reference, labels, coordinates, sections };
    return openEvaluation(opened, config, this.#stop);
  }

  #positions(rows: Int32Array, gap: 'drawn' | 'apart'): LaidOut | undefined {
    const { coordinates, sections } = this.#evaluation!;
    return coordinates && layOut(coordinates, sections, rows, gap);
  }

  async #store({ seed, fold, input }: Fold, group: string): Promise<TrainingStore> {
    const own = join(foldFolder(this.#root, seed, fold), `training-${group}`);
    const reference = fingerprint(input.data.reference.values);
    const shared = join(seedFolder(this.#root, seed), `${SHARED_TRAINING}${group}-${reference}`);
    await makeFolder(own);
    await makeFolder(shared);
    return new SharedReference(new Checkpoints(own), new Checkpoints(shared));
  }

  /** Networks are kept only while a method of their group may still need them. */
  async #forgetTraining(seed: number, fold: number, names: readonly string[]): Promise<void> {
    for (const { name, group } of methodsNamed(names, this.#settings.config)) {
      if (!isFinished(this.#root, seed, fold, name)) return;
      if (group === undefined) continue;
      await new Checkpoints(join(foldFolder(this.#root, seed, fold), `training-${group}`)).remove();
    }
  }
}

/** Share of a fit that is done. */
function shareOf(progress: FitProgress): number {
  if (progress.kind === 'steps') return progress.done / progress.total;
  return shareDone(progress.point, progress.members);
}

function sentenceOf(error: unknown): string {
  if (error instanceof UserError) return error.message;
  if (process.env['SPAGENE_DEBUG'] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  return `A fault of SpaGene: ${error instanceof Error ? error.message : String(error)}`;
}
