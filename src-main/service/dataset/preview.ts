import { resolve } from 'node:path';
import type { StopSignal } from '../../../src-shared/contract/errors.ts';
import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetChoice, DatasetRole } from '../../../src-shared/domain/project.ts';
import type { MatrixInfo } from '../../matrix/dataset.ts';
import { previewColumns } from './columns.ts';
import { histogramOf, medianOf, shareHistogram } from './histogram.ts';
import { hiddenImagesOf, imagesOf } from './images.ts';
import { formatTitle, refuseEmpty, warningsOf } from './judge.ts';
import { recognise } from './known.ts';
import { filesOf, openChoice, type OpenedChoice } from './open-choice.ts';
import { samplePositions } from './positions.ts';
import { absolute, nameOf } from './record-of.ts';
import { surveyMatrix, type Report, type Survey } from './survey.ts';
import { tablesBeside } from './tables.ts';

const GENE_EXAMPLES = 12;

/**
 * Reads a file or folder once and describes it for the import view.
 * @throws UserError for what cannot be read, and StoppedError on the signal
 */
export async function previewOf(
  asked: DatasetChoice,
  role: DatasetRole,
  signal?: StopSignal,
  report?: Report,
): Promise<DatasetPreview> {
  const choice = absolute(asked);
  report?.('Opening', null);
  const opened = await openChoice(choice, role);
  try {
    const survey = await surveyMatrix(opened.matrix, signal, report);
    refuseEmpty(opened.matrix, survey);
    const { matrix, dataset } = opened;
    const known = recognise(matrix);
    const used = new Set(filesOf(choice, dataset).map((file) => resolve(file)));
    const tables = await tablesBeside(choice.path, used, matrix.cells, role);
    return {
      path: choice.path,
      format: formatTitle(dataset),
      name: nameOf(choice.path),
      matrices: matricesOf(opened, survey),
      matrix: matrix.name,
      ...numbersOf(survey),
      geneExamples: matrix.genes.slice(0, GENE_EXAMPLES),
      columns: previewColumns(opened.obs),
      positions: role === 'spatial' ? samplePositions(opened.coordinates) : null,
      tables,
      known: known ? { preset: known.preset, title: known.title, role: known.role } : null,
      ...(await picturesOf(choice, role)),
      warnings: [...warningsOf(opened, survey, role, tables), ...pictureWarnings(choice, role)],
    };
  } finally {
    await opened.close();
  }
}

function numbersOf(survey: Survey) {
  const shares = Float64Array.from(survey.cellsPerGene, (cells) => cells / survey.cells);
  return {
    cells: survey.cells,
    genes: survey.genes,
    sparsity: survey.sparsity,
    values: survey.values,
    medianCounts: medianOf(survey.countsPerCell),
    medianGenes: medianOf(survey.genesPerCell),
    countsPerCell: histogramOf(survey.countsPerCell),
    genesPerCell: histogramOf(survey.genesPerCell),
    detectionPerGene: shareHistogram(shares),
  };
}

/** The matrix that is shown first; what values the others hold is judged by their names and types. */
function matricesOf({ dataset, matrix }: OpenedChoice, { values }: Survey): DatasetPreview['matrices'] {
  const shown = dataset.matrices.filter(({ name }) => name === matrix.name);
  const others = dataset.matrices.filter(({ name }) => name !== matrix.name);
  return [...shown, ...others].map((one) => ({
    name: one.name,
    cells: one.cells,
    genes: one.name === matrix.name ? matrix.genes.length : one.genes,
    values: one.name === matrix.name ? values : likelyValues(one),
  }));
}

/** Not read before it is chosen: whole numbers by type, or by a name that says so. */
function likelyValues({ name, type = '' }: MatrixInfo): DatasetPreview['values'] {
  if (/u?int/i.test(type) || /count|raw|umi/i.test(name)) return 'counts';
  return /scale|resid|z_?score/i.test(name) ? 'real' : 'non-negative';
}

async function picturesOf(choice: DatasetChoice, role: DatasetRole): Promise<Pick<DatasetPreview, 'images'>> {
  if (role !== 'spatial') return { images: [] };
  const shown = await imagesOf(choice);
  const hidden = hiddenImagesOf(choice);
  return {
    images: [
      ...shown.map(({ name, path }) => ({ name, path })),
      ...hidden.map(({ name, path, reason }) => ({ name: `${name} (${reason})`, path })),
    ],
  };
}

function pictureWarnings(choice: DatasetChoice, role: DatasetRole): DatasetPreview['warnings'] {
  const hidden = role === 'spatial' ? hiddenImagesOf(choice) : [];
  if (hidden.length === 0) return [];
  const names = hidden.slice(0, 3).map(({ name }) => name);
  return [
    {
      code: 'images-not-shown',
      message: `${choice.path}: ${names.join(', ')}${hidden.length > 3 ? ', …' : ''} cannot be shown under the cells, since TIFF pictures are not read; everything else works without them.`,
      place: { file: hidden[0]!.path },
    },
  ];
}
