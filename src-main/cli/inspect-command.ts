import { UserError, type Warning } from '../../src-shared/contract/errors.ts';
import { inspectPath, type Inspection } from '../io/inspect.ts';
import { parseFlags } from './options.ts';

/** `spagene inspect PATH... [--json]` */
export async function inspectCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('inspect', args, { json: { type: 'boolean' } });
  if (positionals.length === 0) {
    throw new UserError('spagene inspect needs at least one file or folder.', {}, 'usage');
  }
  const found: Inspection[] = [];
  const problems: UserError[] = [];
  for (const path of positionals) {
    try {
      const inspection = await inspectPath(path);
      found.push(inspection);
      if (values.json !== true) process.stdout.write(`${describe(inspection)}\n`);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error);
      process.stderr.write(`spagene: ${error.message}\n`);
    }
  }
  if (values.json === true) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  return problems.length > 0 ? 1 : 0;
}

function describe(inspection: Inspection): string {
  const { path, format, detail, cells, genes, sum, matrices, coordinates, geneNames, warnings } = inspection;
  const size = cells === null ? 'no matrix' : `${count(cells)} cells × ${count(genes ?? 0)} genes`;
  const positions =
    coordinates === null
      ? 'none in this file'
      : `${coordinates.source}, ${coordinates.dimensions} dimensions, unit ${coordinates.unit}`;
  return [
    path,
    `  format       ${format} (${detail})`,
    `  size         ${size}`,
    `  values       ${inspection.units}, ${percent(inspection.density)} not zero, sum ${sum ?? '–'}`,
    `  matrices     ${matrices.map((matrix) => matrix.name).join(', ') || 'none'}`,
    `  coordinates  ${positions}`,
    `  gene names   ${geneNames}`,
    ...warnings.map(({ message }: Warning) => `  ! ${message}`),
  ].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en');
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(100 * share).toFixed(1)} %`;
}
