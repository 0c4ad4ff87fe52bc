import { resolve } from 'node:path';
import { throwIfStopped, UserError, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import type { Trial, TrialScore, TuneEvent, TuneRequest } from '../../src-shared/domain/tuning.ts';
import { mean } from '../../src-shared/maths/statistics.ts';
import { openEvaluation, type Evaluation } from '../evaluate/evaluation.ts';
import { genesOfFold, prepareFold } from '../evaluate/fold.ts';
import {
  drawTrials,
  RUNG_SPLITS,
  splitGenes,
  SPLITS,
  survivors,
  trainings,
} from '../evaluate/successive-halving.ts';
import { MINIMUM_SHARED_GENES } from '../preprocess/match-genes.ts';
import { chooseBackend } from './choose-backend.ts';
import { startBackend } from './start-backend.ts';
import { inputFiles, openInputs, type Inputs } from './inputs.ts';
import { resolveConfig } from './resolve-config.ts';
import { writeTuned } from './tuned-config.ts';
import { trainTrial } from './tuning-trial.ts';
import { TuningFolder, type TrialResult } from './tuning-folder.ts';

/** Who listens to a search, and how it is stopped. */
export interface TuneContext {
  readonly emit: (event: TuneEvent) => void;
  readonly stop?: StopSignal;
}

/** Settings tried where neither a number nor a budget is given. */
const USUAL_TRIALS = 16;
const MOST_TRIALS = 64;
const FEWEST_TRIALS = 4;

/**
 * Searches the loss weights, latent sizes and training lengths by successive halving. A trial is scored by the
 * network alone on shared genes that are set aside inside the training genes; the genes of an outer fold, where one
 * is named, are never looked at. Ends with a config.json that `impute` and `evaluate` take and that remembers which
 * genes it has seen. Throws StoppedError when stopped; every finished training is on disk, and `resume` goes on.
 *
 * @returns the folder
 */
export async function tune(request: TuneRequest, context: TuneContext): Promise<string> {
  const started = performance.now();
  context.emit({ kind: 'stage', name: 'reading', detail: request.spatial });
  const config = await resolveConfig(request);
  const choice = await chooseBackend(request.backend, config.parameters);
  const backend = await startBackend(choice, { threads: 1 });
  const inputs = await openInputs(request);
  try {
    const folder = new TuningFolder(resolve(request.out));
    const { name, threads } = backend;
    const { folds, fold = null } = request;
    await folder.begin(
      { files: await inputFiles(request), config, folds, fold, backend: { name, threads } },
      request.resume,
    );
    context.emit({ kind: 'stage', name: 'tuning', detail: backend.label });
    const search = await Search.open(request, config, inputs, folder, context);
    await search.go(started);
    const seconds = (performance.now() - started) / 1000;
    context.emit({ kind: 'finished', folder: folder.path, seconds });
    return folder.path;
  } finally {
    await inputs.close();
  }
}

/** A search: trials, the genes set aside in turn, and what is known so far. */
class Search {
  readonly #request: TuneRequest;
  readonly #config: RunConfig;
  readonly #evaluation: Evaluation;
  readonly #folder: TuningFolder;
  readonly #context: TuneContext;
  /** Genes that are never looked at. */
  readonly #leftOut: readonly string[];
  readonly #splits: readonly (readonly string[])[];
  #results: TrialResult[] = [];
  #deadline = Number.POSITIVE_INFINITY;

  private constructor(
    request: TuneRequest,
    config: RunConfig,
    evaluation: Evaluation,
    folder: TuningFolder,
    context: TuneContext,
  ) {
    this.#request = request;
    this.#config = config;
    this.#evaluation = evaluation;
    this.#folder = folder;
    this.#context = context;
    this.#leftOut =
      request.fold === undefined
        ? []
        : genesOfFold(evaluation, { folds: request.folds, rule: 'name' }, config.seed, request.fold).hidden;
    const known = new Set(this.#leftOut);
    this.#splits = splitGenes(
      evaluation.names.filter((name) => !known.has(name)),
      config.seed,
    );
  }

  static async open(
    request: TuneRequest,
    config: RunConfig,
    inputs: Inputs,
    folder: TuningFolder,
    context: TuneContext,
  ): Promise<Search> {
    const { spatial, reference, labels, coordinates, sections } = inputs;
    const opened = { spatial, reference, labels, coordinates, sections };
    const search = new Search(
      request,
      config,
      await openEvaluation(opened, config, context.stop),
      folder,
      context,
    );
    search.#requireGenes();
    search.#refuseSeen();
    search.#results = await folder.results();
    return search;
  }

  #requireGenes(): void {
    const genes = this.#splits.flat().length;
    const left = genes - Math.ceil(genes / SPLITS);
    if (left >= MINIMUM_SHARED_GENES) return;
    throw new UserError(
      `Only ${genes} shared genes may be looked at, and setting ${Math.ceil(genes / SPLITS)} of them aside leaves ` +
        `${left} to learn from; at least ${MINIMUM_SHARED_GENES} are needed, so these data cannot be tuned on.`,
    );
  }

  /** A fold whose genes an earlier search has seen cannot be left out any more. */
  #refuseSeen(): void {
    const seen = new Set(this.#config.seenGenes?.map((gene) => gene.toUpperCase()));
    const known = this.#leftOut.filter((gene) => seen.has(gene.toUpperCase()));
    if (known.length === 0) return;
    throw new UserError(
      `Fold ${this.#request.fold ?? 0} cannot be left out: the config that the search begins with has already seen ` +
        `${known.length} of its genes (${known.slice(0, 3).join(', ')}); leave out the same fold as before, or begin ` +
        'with a preset.',
      { element: known[0]! },
      'usage',
    );
  }

  async go(started: number): Promise<void> {
    const { budget } = this.#request;
    if (budget !== undefined) this.#deadline = started + budget * 60_000;
    const [base] = drawTrials(this.#config.parameters, 1, this.#config.seed);
    await this.#trainOn(0, 0, [base!], Number.POSITIVE_INFINITY);
    const trials = drawTrials(this.#config.parameters, this.#trialCount(started), this.#config.seed);
    let alive: readonly Trial[] = trials;
    for (const [rung, splits] of RUNG_SPLITS.entries()) {
      for (let split = RUNG_SPLITS[rung - 1] ?? 0; split < splits; split++) {
        await this.#trainOn(rung, split, alive);
      }
      const scores = alive.map((trial) => this.#score(trial)).filter(({ splits: seen }) => seen === splits);
      // Out of time inside a round: the last whole one decides.
      if (scores.length < alive.length) break;
      alive = survivors(scores);
      this.#context.emit({ kind: 'rung', rung, survivors: alive as TrialScore[] });
    }
    const sentence = await writeTuned(this.#folder, {
      config: this.#config,
      scores: trials.map((trial) => this.#score(trial)).filter(({ splits }) => splits > 0),
      results: this.#results,
      seenGenes: [...new Set([...(this.#config.seenGenes ?? []), ...this.#splits.flat()])],
      leftOut: this.#leftOut,
    });
    this.#context.emit({ kind: 'note', message: sentence });
  }

  /** So many that a budget suffices, as far as the base's first training tells. */
  #trialCount(started: number): number {
    const { trials, budget } = this.#request;
    if (trials !== undefined) return trials;
    if (budget === undefined) return USUAL_TRIALS;
    const each = this.#results.find(({ trial, split }) => trial === 0 && split === 0)?.seconds ?? 1;
    const left = budget * 60 - (performance.now() - started) / 1000;
    let count = FEWEST_TRIALS;
    while (count < MOST_TRIALS && trainings(count + 1) * each <= left) count++;
    return count;
  }

  /** Trains every trial on one split, unless that is done. */
  async #trainOn(
    rung: number,
    split: number,
    trials: readonly Trial[],
    deadline = this.#deadline,
  ): Promise<void> {
    const missing = trials.filter(
      ({ trial }) => !this.#results.some((result) => result.trial === trial && result.split === split),
    );
    if (missing.length === 0) return;
    const scored = this.#splits[split]!;
    const hidden = [...this.#leftOut, ...scored];
    const { seed } = this.#config;
    const { stop, emit } = this.#context;
    const fold = await prepareFold(this.#evaluation, { seed, fold: split, hidden, scored }, stop);
    for (const trial of missing) {
      throwIfStopped(stop);
      if (performance.now() > deadline) return;
      const progress = (share: number) => emit({ kind: 'trial-progress', trial: trial.trial, share });
      const { pcc, seconds } = await trainTrial(this.#config, trial, fold, progress, stop);
      const result = { trial: trial.trial, split, seconds, pcc };
      await this.#folder.add(result);
      this.#results.push(result);
      emit({ kind: 'trial', rung, split, seconds, score: this.#score(trial) });
    }
  }

  #score(trial: Trial): TrialScore {
    const own = this.#results.filter((result) => result.trial === trial.trial);
    const pcc = own.flatMap((result) => result.pcc);
    return { ...trial, splits: own.length, genes: pcc.length, pcc: pcc.length === 0 ? 0 : mean(pcc) };
  }
}
