import { basename, dirname, resolve } from 'node:path';
import { UserError, type Warning } from '../../src-shared/contract/errors.ts';
import { present } from '../../src-shared/contract/present.ts';
import type { EvaluateRequest } from '../../src-shared/domain/evaluate-request.ts';
import type { InputRequest } from '../../src-shared/domain/impute-request.ts';
import { chooseBackend } from './choose-backend.ts';
import { startBackend } from './start-backend.ts';
import { makeFolder } from '../io/make-folder.ts';
import { checkFolds } from './check-folds.ts';
import type { FileSizes } from './divide-machine.ts';
import {
  difference,
  hasSettings,
  readSettings,
  writeSettings,
  type EvaluationSettings,
} from './evaluation-settings.ts';
import { inputFiles, openInputs } from './inputs.ts';
import { labelPath } from './reference-labels.ts';
import { methodsNamed, USUAL_METHODS } from './method-table.ts';
import { resolveConfig } from './resolve-config.ts';

/** What the beginning of an evaluation needs from outside. */
export interface Beginning {
  readonly version: string;
  readonly warn: (warning: Warning) => void;
  /** Threads of the backend, decided when everything else is known. */
  readonly threads: (plan: Plan) => number;
}

/** What is to be evaluated, as far as it decides how the machine is shared out. */
export type Plan = Pick<EvaluationSettings, 'methods' | 'seeds' | 'foldsAsked' | 'config' | 'cells'> &
  FileSizes;

/**
 * The settings of a new evaluation, written to its folder, or of the one that is taken up again. That one keeps its
 * data and configuration; methods, folds and seeds that are asked for anew are added. Throws a UserError when the
 * folder is taken, when there is nothing to resume, and when data or configuration have changed.
 */
export async function beginEvaluation(
  out: string,
  request: EvaluateRequest,
  beginning: Beginning,
): Promise<EvaluationSettings> {
  const taken = hasSettings(out);
  if (taken && !request.resume) {
    throw new UserError(
      `${out} already holds an evaluation; add --resume to go on with it, or choose another folder.`,
      { file: out },
    );
  }
  const saved = request.resume ? await readSettings(out) : undefined;
  const settings = await settingsOf(request, saved, beginning);
  await makeFolder(out);
  await writeSettings(out, settings);
  return settings;
}

async function settingsOf(
  request: EvaluateRequest,
  saved: EvaluationSettings | undefined,
  beginning: Beginning,
): Promise<EvaluationSettings> {
  const inputs = inputsOf(request, saved);
  // A resumed evaluation keeps its configuration, with the genes that it has seen; what is asked for must agree.
  const asked = saved && !changesConfig(request) ? saved.config : await resolveConfig(request);
  const config = saved?.config ?? asked;
  const opened = await openInputs(present(inputs));
  try {
    const folds = request.folds ?? saved?.folds ?? DEFAULT_FOLDS;
    const draft: Omit<EvaluationSettings, 'backend'> = {
      format: 'spagene-evaluation-settings',
      formatVersion: 1,
      version: beginning.version,
      name: request.name ?? saved?.name ?? nameOf(inputs.spatial),
      inputs,
      files: await inputFiles(present(inputs)),
      config: asked,
      folds,
      foldRule: request.foldRule ?? saved?.foldRule ?? 'name',
      foldsAsked: union(saved?.foldsAsked, foldsAsked(request.fold, folds, saved)),
      seeds: union(saved?.seeds, request.seeds ?? (saved ? [] : [DEFAULT_SEED])),
      methods: methodNames(request, saved, config),
      cells: { spatial: opened.spatial.source.rows, reference: opened.reference.source.rows },
      maps: request.maps.length > 0 ? [...request.maps] : (saved?.maps ?? []),
    };
    const genes = { spatial: opened.spatial.source.columns, reference: opened.reference.source.columns };
    const threads = beginning.threads({ ...draft, config, genes });
    const backend = saved ? sameBackend(request, saved) : await backendFor(request.backend, config, threads);
    const settings: EvaluationSettings = { ...draft, backend };
    if (saved) refuseDifference(request.out, saved, settings);
    const begun = { ...settings, config };
    checkFolds(begun, opened);
    for (const warning of opened.warnings) beginning.warn(forEvaluation(warning));
    return begun;
  } finally {
    await opened.close();
  }
}

const DEFAULT_FOLDS = 5;
const DEFAULT_SEED = 1;

/** What is missing from the result of an evaluation is not what is missing from that of impute. */
function forEvaluation(warning: Warning): Warning {
  if (warning.code !== 'no-coordinates') return warning;
  const file = warning.place?.file ?? 'The spatial file';
  const message = `${file} holds no cell positions, so there are no maps and no Moran's I; give them with --coordinates.`;
  return { ...warning, message };
}

function sameBackend(
  { backend, out }: EvaluateRequest,
  saved: EvaluationSettings,
): EvaluationSettings['backend'] {
  if (backend === 'auto' || backend === saved.backend.name) return saved.backend;
  throw new UserError(
    `The evaluation in ${out} began on ${saved.backend.name} and goes on there, so that its scores are of one kind; ` +
      'leave --backend out, or start a new evaluation in another folder.',
    { file: out },
    'usage',
  );
}

function changesConfig({ preset, configFile, set }: EvaluateRequest): boolean {
  return preset !== undefined || configFile !== undefined || set.length > 0;
}

function inputsOf(
  request: EvaluateRequest,
  saved: EvaluationSettings | undefined,
): EvaluationSettings['inputs'] {
  const path = (text: string | undefined) => (text === undefined || text === '' ? undefined : resolve(text));
  const given: Partial<InputRequest> = present({
    spatial: path(request.spatial),
    reference: path(request.reference),
    coordinates: path(request.coordinates),
    spatialMatrix: request.spatialMatrix,
    referenceMatrix: request.referenceMatrix,
    referenceLabels: labelPath(request.referenceLabels),
    section: request.section,
  });
  return { ...saved?.inputs, ...given } as EvaluationSettings['inputs'];
}

const PLAIN_NAMES = /^(?:st_|spatial_?)?(?:counts?|matrix|spatial|data|expression|adata)$/iu;

/** The file's name without its endings, or its folder's where the file's says nothing. */
function nameOf(path: string): string {
  const stem = basename(path).replace(/\.(?:gz|csv|tsv|txt|h5ad|h5|loom|mtx)(?=\.|$)/giu, '');
  return PLAIN_NAMES.test(stem) ? basename(dirname(path)) : stem;
}

function union(a: readonly number[] = [], b: readonly number[]): number[] {
  return [...new Set([...a, ...b])].sort((x, y) => x - y);
}

function foldsAsked(
  asked: readonly number[] | undefined,
  folds: number,
  saved: EvaluationSettings | undefined,
): readonly number[] {
  if (asked === undefined) return saved ? [] : Array.from({ length: folds }, (_, fold) => fold);
  const wrong = asked.find((fold) => fold >= folds);
  if (wrong === undefined) return asked;
  throw new UserError(
    `There is no fold ${wrong}: with --folds ${folds} they are numbered 0 to ${folds - 1}.`,
    {},
    'usage',
  );
}

function methodNames(
  { methods }: EvaluateRequest,
  saved: EvaluationSettings | undefined,
  config: EvaluationSettings['config'],
): string[] {
  const asked = methods.length > 0 || saved ? methods : USUAL_METHODS;
  return methodsNamed([...(saved?.methods ?? []), ...asked], config).map(({ name }) => name);
}

async function backendFor(
  asked: EvaluateRequest['backend'],
  { parameters }: EvaluationSettings['config'],
  wanted: number,
): Promise<EvaluationSettings['backend']> {
  const choice = await chooseBackend(asked, parameters);
  const { name, label, threads } = await startBackend(choice, { threads: wanted });
  return { name, label, threads };
}

function refuseDifference(out: string, saved: EvaluationSettings, now: EvaluationSettings): void {
  const what = difference(saved, now);
  if (what === undefined) return;
  throw new UserError(
    `--resume goes on with the evaluation in ${out} as it began, but the ${what} differ; put them back, or start a ` +
      'new evaluation in another folder.',
    { file: out, element: what },
    'usage',
  );
}
