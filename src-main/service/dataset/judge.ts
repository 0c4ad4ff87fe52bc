import { basename } from 'node:path';
import { UserError, type Warning } from '../../../src-shared/contract/errors.ts';
import type { DatasetRole } from '../../../src-shared/domain/project.ts';
import { geneNaming, looksLikeCell, looksLikeGene, share } from '../../io/gene-names.ts';
import type { Dataset, OpenMatrix } from '../../matrix/dataset.ts';
import type { OpenedChoice } from './open-choice.ts';
import type { Survey } from './survey.ts';

const titles: Readonly<Record<string, string>> = {
  csv: 'Text table',
  mtx: '10x MatrixMarket',
  '10x-h5': '10x HDF5',
  h5ad: 'AnnData',
  loom: 'Loom',
};

/** What a person calls the format: the vendor of a folder, else the kind of file. */
export function formatTitle({ vendor, format }: Dataset): string {
  return vendor ?? titles[format] ?? format;
}

/** Throws when there is nothing to work with. */
export function refuseEmpty({ source }: OpenMatrix, { cells, genes }: Survey): void {
  if (cells > 0 && genes > 0) return;
  throw new UserError(
    `${source.file} (${source.element}) is empty: ${cells} cells × ${genes} genes; choose another matrix or file.`,
    { file: source.file, element: source.element },
  );
}

/**
 * Everything suspicious about a dataset, in words that say what to do.
 * @param tables tables beside it that may hold the positions
 */
export function warningsOf(
  opened: OpenedChoice,
  survey: Survey,
  role: DatasetRole,
  tables: readonly string[] = [],
): Warning[] {
  return [
    ...opened.warnings,
    ...valueWarnings(opened, survey),
    ...nameWarnings(opened, survey),
    ...sizeWarnings(opened, survey),
    ...(role === 'spatial' && !opened.coordinates ? [noPositions(opened, tables)] : []),
  ];
}

type Warn = (code: string, message: string) => Warning;

function warner({ matrix, dataset }: OpenedChoice): Warn {
  const place = { file: matrix.source.file, element: matrix.source.element };
  const where = dataset.matrices.length > 1 ? `${dataset.path} (${matrix.name})` : dataset.path;
  return (code, message) => ({ code, message: `${where}: ${message}`, place });
}

function valueWarnings(opened: OpenedChoice, survey: Survey): Warning[] {
  const warn = warner(opened);
  const { negative, nonInteger, notFinite, empty, largest } = survey;
  if (notFinite)
    return [
      warn(
        'not-finite',
        `${number(notFinite.count)} values are missing or infinite, the first in gene ${notFinite.place.element ?? '?'}; fill them in or leave these cells out.`,
      ),
    ];
  if (empty)
    return [
      warn('all-zero', 'every value is 0, so there is nothing to learn from; choose another matrix or file.'),
    ];
  const advice = rawAdvice(opened);
  if (negative)
    return [
      warn(
        'negative',
        `${number(negative.count)} values are negative, so these are scaled values and not counts. ${advice}`,
      ),
    ];
  if (!nonInteger) return [];
  return largest < 25
    ? [
        warn(
          'log-values',
          `the values look like logarithms (none is above ${largest.toPrecision(3)}, and they are no whole numbers), but raw counts are expected. ${advice}`,
        ),
      ]
    : [
        warn(
          'normalised-values',
          `${number(nonInteger.count)} values are no whole numbers, so these are normalised values; raw counts are expected. ${advice}`,
        ),
      ];
}

/** Where raw counts may be found. */
function rawAdvice({ dataset, matrix }: OpenedChoice): string {
  const others = dataset.matrices.filter(({ name }) => name !== matrix.name).map(({ name }) => name);
  const raw = others.filter((name) => /raw|count|umi|spliced/i.test(name));
  const [best = others[0]] = raw;
  return best === undefined
    ? 'Choose the file with the raw counts if you have it; otherwise set the normalisation to "none" before training.'
    : `This file also holds ${others.join(', ')}: choose ${best} if it holds the raw counts.`;
}

function nameWarnings(opened: OpenedChoice, { duplicateGenes, duplicateCells }: Survey): Warning[] {
  const warn = warner(opened);
  const { genes, cells, geneIds } = opened.matrix;
  const naming = geneNaming(genes);
  const warnings: Warning[] = [];
  if (looksTurned(genes, cells))
    warnings.push(
      warn(
        'maybe-turned',
        `the names of the cells (${cells.slice(0, 3).join(', ')}) look like genes; cells and genes may be exchanged. Transpose the table if so.`,
      ),
    );
  if (naming === 'ensembl')
    warnings.push(
      warn(
        'ensembl-names',
        geneIds === undefined
          ? `genes are named by Ensembl ids (${genes[0]!}), and the file has no symbols; they can only be matched with data that use Ensembl ids too.`
          : `genes are named by Ensembl ids (${genes[0]!}); the file's symbols are used to match them where needed, but lists and maps show the ids.`,
      ),
    );
  if (duplicateGenes)
    warnings.push(
      warn(
        'duplicate-genes',
        `${number(duplicateGenes.count)} gene names occur again (such as ${duplicateGenes.place.element ?? ''}); the one spelled as in the other dataset is used, else the first.`,
      ),
    );
  if (duplicateCells)
    warnings.push(
      warn(
        'duplicate-cells',
        `${number(duplicateCells.count)} cell names occur again (such as ${duplicateCells.place.element ?? ''}); tables of positions or labels cannot tell these cells apart. Make the names unique if you use such tables.`,
      ),
    );
  return warnings;
}

function looksTurned(genes: readonly string[], cells: readonly string[]): boolean {
  const cellsAreGenes = share(cells, looksLikeGene) - share(cells, looksLikeCell);
  const genesAreGenes = share(genes, looksLikeGene) - share(genes, looksLikeCell);
  return cellsAreGenes > 0.6 && genesAreGenes < 0.2;
}

const FEW_GENES = 10;
const FEW_CELLS = 100;
/** Some genes are seen nowhere in every reference; from this share on it is worth a word. */
const UNSEEN = 0.2;

function sizeWarnings(opened: OpenedChoice, survey: Survey): Warning[] {
  const warn = warner(opened);
  const { cells, genes, empty } = survey;
  const warnings: Warning[] = [];
  if (genes < FEW_GENES)
    warnings.push(
      warn(
        'few-genes',
        `there are only ${genes} genes, and at least ${FEW_GENES} shared ones are needed to train.`,
      ),
    );
  if (cells < FEW_CELLS)
    warnings.push(
      warn('few-cells', `there are only ${cells} cells; what is learned from so few means little.`),
    );
  if (empty) return warnings;
  const without = survey.genesPerCell.reduce((count, seen) => count + (seen === 0 ? 1 : 0), 0);
  if (without > 0)
    warnings.push(
      warn(
        'cells-without-counts',
        `${number(without)} of ${number(cells)} cells show no gene at all; processing drops them.`,
      ),
    );
  const unseen = survey.cellsPerGene.reduce((count, seen) => count + (seen === 0 ? 1 : 0), 0);
  if (unseen > UNSEEN * genes)
    warnings.push(
      warn(
        'genes-never-seen',
        `${number(unseen)} of ${number(genes)} genes are seen in no cell; nothing can be learned about them.`,
      ),
    );
  return warnings;
}

function noPositions(opened: OpenedChoice, tables: readonly string[]): Warning {
  const [table] = tables;
  const advice =
    table === undefined
      ? 'choose a table with a column of cell names, x and y'
      : `choose ${basename(table)} beside it, which holds some`;
  return warner(opened)(
    'no-positions',
    `there are no positions of the cells in this file, so maps cannot be drawn; ${advice}.`,
  );
}

function number(value: number): string {
  return value.toLocaleString('en');
}
