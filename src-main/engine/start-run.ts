import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { UserError } from '../../src-shared/contract/errors.ts';
import { present } from '../../src-shared/contract/present.ts';
import type { ImputeRequest } from '../../src-shared/domain/impute-request.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import { resolveConfig } from './resolve-config.ts';
import { labelName, labelPath } from './reference-labels.ts';
import { RunFolder } from './run-folder.ts';
import { savedInputs } from './saved-inputs.ts';

/** A run that is ready to go, new or taken up again. */
export interface StartedRun {
  readonly folder: RunFolder;
  readonly config: RunConfig;
  readonly request: ImputeRequest;
  /** The result was already complete. */
  readonly done: boolean;
}

const savedRequest = z.object({ inputs: savedInputs.extend({ counts: z.boolean() }) });

type SavedInputs = z.infer<typeof savedRequest>['inputs'];

/**
 * Makes the folder of a new run, or takes up the one in `out`. A resumed run keeps the configuration and the inputs
 * that it was started with; only paths of inputs may be given anew, for data that have moved.
 */
export async function startRun(request: ImputeRequest): Promise<StartedRun> {
  if (request.resume) return resumeRun(request);
  const config = await resolveConfig(request);
  const folder = await RunFolder.create(request.out, { ...config, inputs: inputsOf(request) });
  return { folder, config, request, done: false };
}

async function resumeRun(request: ImputeRequest): Promise<StartedRun> {
  const folder = await RunFolder.open(request.out);
  const path = join(request.out, 'config.json');
  const saved = savedRequest.safeParse(await folder.readJson('config.json'));
  if (!saved.success) {
    throw new UserError(`${path} does not say what the run reads; start the run again in another folder.`, {
      file: path,
    });
  }
  const { spatial, reference, coordinates, referenceLabels, ...rest } = saved.data.inputs;
  const restored: ImputeRequest = present({
    ...rest,
    spatial: request.spatial || spatial,
    reference: request.reference || reference,
    coordinates: request.coordinates ?? coordinates,
    referenceLabels: request.referenceLabels ?? referenceLabels,
    out: request.out,
    configFile: path,
    set: [],
    backend: request.backend,
    resume: true,
  });
  const finished = ['report.json', 'imputed.h5ad'].every((name) => existsSync(join(request.out, name)));
  const config = await resolveConfig(restored);
  await refuseChanges(request, config, saved.data.inputs);
  return { folder, config, request: restored, done: finished };
}

function inputsOf(request: ImputeRequest): SavedInputs {
  const { coordinates, referenceLabels, spatialMatrix, referenceMatrix, section } = request;
  return present({
    spatial: resolve(request.spatial),
    reference: resolve(request.reference),
    coordinates: coordinates === undefined ? undefined : resolve(coordinates),
    spatialMatrix,
    referenceMatrix,
    referenceLabels: labelPath(referenceLabels),
    section,
    counts: request.counts,
  });
}

/** What a resumed run was asked for besides going on; throws a UserError when that is not what it began with. */
async function refuseChanges(request: ImputeRequest, config: RunConfig, saved: SavedInputs): Promise<void> {
  const configFile = request.configFile ?? join(request.out, 'config.json');
  const asked = await resolveConfig({ ...request, configFile });
  const differs = (['preset', 'seed', 'genes', 'parameters'] as const).find(
    (name) => JSON.stringify(asked[name]) !== JSON.stringify(config[name]),
  );
  const others = ['spatialMatrix', 'referenceMatrix', 'referenceLabels', 'section'] as const;
  const other = others.find((name) => {
    // A table may lie anywhere, since its content is compared by its hash; its column counts.
    const same = name === 'referenceLabels' ? labelName : (value: string | undefined) => value;
    return request[name] !== undefined && same(request[name]) !== same(saved[name]);
  });
  const changed = differs ?? other ?? (request.counts && !saved.counts ? 'counts' : undefined);
  if (changed === undefined) return;
  throw new UserError(
    `--resume goes on with the run in ${request.out} as it began, but its ${changed} differ from what is asked for ` +
      'now; leave that out, or start a new run in another folder.',
    { file: request.out, element: changed },
    'usage',
  );
}
