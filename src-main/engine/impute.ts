import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { drain } from '../../src-shared/contract/drain.ts';
import { StoppedError, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { ImputeRequest } from '../../src-shared/domain/impute-request.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import type { RunEvent, RunStage } from '../../src-shared/domain/run-event.ts';
import type { BackendInfo } from '../backend/select.ts';
import { rowRange } from '../matrix/affine-view.ts';
import { translatedCodes } from '../methods/network-predictor.ts';
import type { MethodData } from '../methods/predictor.ts';
import { deliver } from '../methods/spagene.ts';
import { trainMembers, type TrainedMember } from '../methods/train-members.ts';
import { trainingSample } from '../methods/training-sample.ts';
import { inputFiles, openInputs, type Inputs } from './inputs.ts';
import { threadsFor } from './calibrate.ts';
import { chooseBackend } from './choose-backend.ts';
import { startBackend } from './start-backend.ts';
import { Meter } from './meter.ts';
import { ScratchFolder } from '../io/scratch-matrix.ts';
import type { Matrix } from '../matrix/dense.ts';
import { processPairInto, type ProcessedPair } from '../preprocess/process-pair.ts';
import { reportOf } from './report.ts';
import type { RunFolder } from './run-folder.ts';
import { writeReferenceCodes } from './analyse/reference-codes.ts';
import { referenceCodes } from '../methods/reference-codes.ts';
import { beganOn, checkSameInputs } from './begun.ts';
import { startRun, type StartedRun } from './start-run.ts';
import { trustSentence } from './trust-sentence.ts';
import { writeResult, type ResultContent } from './write-result.ts';

/** Who listens to a run, and how it is stopped. */
export interface RunContext {
  readonly emit: (event: RunEvent) => void;
  readonly stop?: StopSignal;
  /** Ends the training early, with the networks that are there by then; the run goes on to its result. */
  readonly finish?: StopSignal;
  readonly version: string;
}

/**
 * One run, from files in to imputed.h5ad out. What was computed stays on disk whatever happens: stopped, killed or
 * failed, the run goes on with `resume` from its last checkpoint and ends with the same values.
 * Throws a UserError (input, usage, stopped) or, for a fault of ours, any other error.
 *
 * @returns the folder of the run
 */
export async function impute(request: ImputeRequest, context: RunContext): Promise<string> {
  const started = performance.now();
  const run = await startRun(request);
  if (!run.done) await new Run(run, context).go();
  const seconds = (performance.now() - started) / 1000;
  context.emit({ kind: 'finished', folder: run.folder.path, seconds });
  return run.folder.path;
}

/** A file that is there once the training was told to end early. */
const ENDED_EARLY = 'early.json';

function earlier(already: boolean, finish: StopSignal | undefined): StopSignal | undefined {
  return already ? { aborted: true } : finish;
}

/** The parts of a run, in order. */
class Run {
  readonly #folder: RunFolder;
  readonly #config: RunConfig;
  readonly #request: ImputeRequest;
  readonly #context: RunContext;
  readonly #meter = new Meter();

  constructor({ folder, config, request }: StartedRun, context: RunContext) {
    this.#folder = folder;
    this.#config = config;
    this.#request = request;
    this.#context = context;
  }

  async go(): Promise<void> {
    const backend = await this.#backend();
    const inputs = await this.#part('reading', this.#request.spatial, () => openInputs(this.#request));
    let scratch: ScratchFolder | undefined;
    try {
      const files = await inputFiles(this.#request);
      await checkSameInputs(this.#folder, files, backend);
      scratch = await ScratchFolder.open(this.#folder.path);
      const { room } = scratch;
      const steps = 'filters, highly variable genes, clipping, scaling';
      const pair = await this.#part('processing', steps, () =>
        processPairInto(room, inputs.spatial, inputs.reference, this.#config, this.#context.stop),
      );
      const warnings = [...inputs.warnings, ...pair.warnings];
      for (const warning of warnings) this.#context.emit({ kind: 'warning', warning });
      const { maxCells, seed } = {
        maxCells: this.#config.parameters['train.maxCells'],
        seed: this.#config.seed,
      };
      const sample = trainingSample(pair.data, maxCells, seed);
      const members = await this.#part('training', backend.label, () => this.#train(sample));
      const result = await this.#finish(pair, sample, members, inputs);
      const report = reportOf({
        ...result,
        labels: inputs.labels,
        files,
        pair,
        backend,
        version: this.#context.version,
        config: this.#config,
        meter: this.#meter,
        members: members.length,
        early: this.#endsEarly,
        warnings: [...warnings, ...result.warnings],
        resumed: this.#request.resume,
      });
      await this.#folder.writeJson('report.json', report);
      await this.#folder.checkpoints.clear();
    } finally {
      await scratch?.close();
      await inputs.close();
    }
  }

  /** A resumed run computes on what it began with, unless told otherwise: only then do the values repeat. */
  async #backend(): Promise<BackendInfo> {
    const began = await beganOn(this.#folder);
    const own = began !== undefined && ['auto', began.name].includes(this.#request.backend);
    if (own) return startBackend(began.name, { threads: began.threads });
    const { parameters } = this.#config;
    const choice = await chooseBackend(this.#request.backend, parameters);
    const backend = await startBackend(choice, threadsFor(parameters));
    if (began !== undefined) {
      const message =
        `The run began on ${began.name} and goes on on ${backend.name}, so its values will differ a little ` +
        'from those of an uninterrupted run.';
      this.#context.emit({ kind: 'warning', warning: { code: 'other-backend', message } });
    }
    return backend;
  }

  async #part<T>(name: RunStage, detail: string, work: () => Promise<T>): Promise<T> {
    if (this.#context.stop?.aborted === true) throw new StoppedError();
    this.#context.emit({ kind: 'stage', name, detail });
    return this.#meter.part(name, work);
  }

  async #train(data: MethodData): Promise<TrainedMember[]> {
    const { parameters, seed } = this.#config;
    await this.#folder.forgetRedone();
    const { stop } = this.#context;
    const { checkpoints } = this.#folder;
    const finish = earlier(this.#endsEarly, this.#context.finish);
    const training = trainMembers(data, parameters, seed, checkpoints, stop, finish);
    const members = parameters['ensemble.members'];
    const trained = await drain(training, async (point) => {
      await this.#folder.addLosses(point);
      this.#context.emit({ kind: 'losses', point, members });
    });
    // Taken up again, the run must not train what was left out.
    if (finish?.aborted === true) await this.#folder.writeJson(ENDED_EARLY, { members: trained.length });
    return trained;
  }

  /** What labels are transferred by later; without labels there is nothing to keep. */
  async #keepReferenceCodes(
    { reference: { values, cells } }: MethodData,
    { data }: TrainedMember,
    { labels }: Inputs,
  ): Promise<void> {
    if (labels === undefined) return;
    const codes = await referenceCodes({ ...data.sc, source: values }, this.#folder.checkpoints);
    if (codes === undefined) return;
    const own = Array.from(cells.rows, (row) => labels[row]!);
    await writeReferenceCodes(this.#folder.path, cells.names, own, codes);
  }

  get #endsEarly(): boolean {
    return existsSync(join(this.#folder.path, ENDED_EARLY));
  }

  async #finish(pair: ProcessedPair<Matrix>, sample: MethodData, members: TrainedMember[], inputs: Inputs) {
    const { parameters } = this.#config;
    const { data, measured } = pair;
    const { stop } = this.#context;
    const genes = rowRange(0, data.reference.values.columns);
    const { predictor, blend, forecast, expected } = await this.#part(
      'blending',
      'weights learned on genes set aside',
      async () => {
        const delivered = await deliver(data, sample, members, parameters, stop);
        return { ...delivered, expected: await delivered.forecast?.of(genes, stop) };
      },
    );
    const trust = trustSentence(forecast?.parameters, expected, measured);
    this.#context.emit({ kind: 'note', message: trust });
    const content: ResultContent = {
      data,
      measured,
      expected,
      forecast: forecast?.parameters,
      config: this.#config,
      obs: inputs.obs,
      coordinates: inputs.coordinates,
      section: this.#request.section,
      counts: this.#request.counts,
      codes: latentCodes(data, members[0]!, parameters['network.latentSc']),
      version: this.#context.version,
    };
    const warnings = await this.#part('imputing', this.#folder.imputed, () =>
      writeResult(
        this.#folder.imputed,
        content,
        predictor,
        (done, total) => this.#context.emit({ kind: 'progress', done, total }),
        stop,
      ),
    );
    predictor.dispose();
    await this.#keepReferenceCodes(data, members[0]!, inputs);
    return { blend, forecast: forecast?.parameters, trust, warnings };
  }
}

/** Codes of the spatial cells in the reference's latent space, of the first member. */
function latentCodes(data: MethodData, member: TrainedMember, dimensions: number): ResultContent['codes'] {
  const st = { ...member.data.st, source: data.spatial.values };
  return { dimensions, at: (rows) => translatedCodes(st, member.path, rows) };
}
