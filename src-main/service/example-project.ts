import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { DatasetRecord, ProjectState } from '../../src-shared/domain/project.ts';
import { writeError } from '../io/atomic-write.ts';
import { makeFolder } from '../io/make-folder.ts';
import type { ScenarioName } from '../simulate/options.ts';
import { writeSimulation, type WriteOptions } from '../simulate/write.ts';
import type { ProjectHandle } from './context.ts';
import { recordOf } from './dataset/record-of.ts';
import { readCollection, saveCollection } from './gene-sets/collections.ts';
import type { ProjectService } from './open-project.ts';
import { documentsFolder } from './places.ts';

interface Example {
  readonly name: string;
  readonly notes: string;
  /** Large enough to look like a tissue, small enough to train in a minute or two. */
  readonly sizes: WriteOptions;
}

const truth = 'Since it is simulated, the truth of the others is known (truth.h5ad beside the spatial data).';

const examples: Readonly<Record<ScenarioName, Example>> = {
  cortex: {
    name: 'Example: simulated tissue',
    notes: `A simulated tissue in layers: 100 of 1,000 genes are measured. ${truth}`,
    sizes: { cells: 3000, genes: 1000, referenceCells: 1500, panelGenes: 100, seed: 1 },
  },
  tumour: {
    name: 'Example: simulated tumour',
    notes:
      'A simulated tumour with niches, lymphocytes that infiltrate it, and a set of genes that follows them and is ' +
      `hardly measured (gene-sets/Simulated tumour.gmt): 200 of 1,500 genes are measured. ${truth}`,
    sizes: { scenario: 'tumour', cells: 6000, genes: 1500, referenceCells: 2500, panelGenes: 200, seed: 1 },
  },
};

/** The counts and expected counts of all genes lie beside the spatial data under this name. */
export const TRUTH_FILE = 'truth.h5ad';

/**
 * Makes a project with a simulated tissue whose truth is known, and opens it: in `folder`, which must be empty or
 * new, else in a new folder below the user's documents. Throws a UserError when it cannot be written.
 */
export async function createExample(
  service: ProjectService,
  asked: string | undefined,
  scenario: ScenarioName = 'cortex',
): Promise<ProjectState> {
  if (asked !== undefined) service.access.check(asked);
  const folder = asked ?? (await newFolder(await documentsFolder()));
  const isNew = asked === undefined || (await stat(asked).catch(() => undefined)) === undefined;
  try {
    const example = examples[scenario];
    return await service.create(folder, example.name, (project) => fill(project, example));
  } catch (error) {
    if (isNew) await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  }
}

/** `SpaGene example`, or with the first number that is free. */
async function newFolder(parent: string): Promise<string> {
  for (let number = 1; number < 1000; number++) {
    const folder = join(parent, number === 1 ? 'SpaGene example' : `SpaGene example-${number}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeError(error, folder);
    }
  }
  throw new UserError(`${parent} holds very many examples already; remove some.`, { file: parent });
}

async function fill(project: ProjectHandle, { notes, sizes }: Example): Promise<void> {
  const spatialHome = join(project.folder, 'datasets', 'example-tissue');
  const referenceHome = join(project.folder, 'datasets', 'example-reference');
  await makeFolder(spatialHome);
  await makeFolder(referenceHome);
  const written = await writeSimulation(spatialHome, sizes);
  const referencePath = join(referenceHome, 'reference.h5ad');
  await rename(written.reference, referencePath);
  if (written.geneSets !== undefined) {
    const { sets } = await readCollection(written.geneSets);
    await saveCollection(project.folder, 'Simulated tumour', sets);
    await rm(written.geneSets);
  }
  const spatial: DatasetRecord = {
    ...(await recordOf({ path: written.spatial }, 'spatial')),
    name: 'Simulated tissue',
    unit: 'micrometre',
    storage: 'copied',
  };
  const reference: DatasetRecord = {
    ...(await recordOf({ path: referencePath, labels: 'cell_type' }, 'reference')),
    name: 'Simulated reference',
    storage: 'copied',
  };
  await project.change((state) => ({
    ...state,
    notes,
    spatial,
    reference,
    sharedGenes: written.options.panelGenes,
  }));
}
