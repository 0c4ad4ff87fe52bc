import { UserError } from '../../src-shared/contract/errors.ts';
import { firstLines } from './byte-lines.ts';
import { looksLikeCell, looksLikeGene, share } from './gene-names.ts';
import { parseNumber } from './text-numbers.ts';

export type Orientation = 'cells-by-genes' | 'genes-by-cells';

/** What the first lines of a table say about the rest. */
export interface CsvLayout {
  readonly delimiter: ',' | ';' | '\t';
  /** Names in the header without the first column's. */
  readonly header: readonly string[];
  /** Columns that name a cell together: 1, or 2 for CosMx's fov and cell_ID. */
  readonly keys: number;
  /** Name of the first column; empty when the header does not have one. */
  readonly corner: string;
  readonly orientation: Orientation;
  /** Why this orientation; undefined when nothing spoke for either. */
  readonly reason: string | undefined;
}

const SAMPLE = 200;
const cellCorners =
  /^(cells?|cell[-_ .]?(ids?|names?|barcodes?)|barcodes?|spots?|spot[-_ ]?ids?|samples?|obs|obs_names|nucleus)$/i;
const geneCorners =
  /^(genes?|gene[-_ .]?(ids?|names?|symbols?)|symbols?|features?|ensembl\w*|var|var_names)$/i;

const encoder = new TextEncoder();

function isNumber(text: string): boolean {
  const bytes = encoder.encode(text);
  return parseNumber(bytes, 0, bytes.length) !== undefined;
}

/** The delimiter that splits every one of some lines into the same number (> 1) of fields, the commonest first. */
export function findDelimiter(lines: readonly string[]): ',' | ';' | '\t' | undefined {
  const found = ([',', '\t', ';'] as const)
    .map((delimiter) => ({
      delimiter,
      counts: lines.slice(0, 5).map((line) => splitFields(line, delimiter).length),
    }))
    .filter(({ counts }) => counts.every((count) => count > 1))
    .sort((a, b) => spread(a.counts) - spread(b.counts) || b.counts[0]! - a.counts[0]!);
  return found[0]?.delimiter;
}

/** How far the field counts of the lines are apart; a header one short (R writes such) is no difference. */
function spread(counts: readonly number[]): number {
  const rest = counts.slice(1);
  if (rest.length === 0) return 0;
  const widest = Math.max(...rest);
  const header = counts[0] === widest - 1 ? widest : counts[0]!;
  return Math.max(widest, header) - Math.min(...rest, header);
}

/** Splits a line at a delimiter; quoted fields may hold it, and "" is a quote in them. */
export function splitFields(line: string, delimiter: string): string[] {
  if (!line.includes('"')) return line.split(delimiter).map((field) => field.trim());
  const fields: string[] = [];
  let field = '';
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const letter = line[i]!;
    if (letter === '"') {
      if (quoted && line[i + 1] === '"') field += line[i++]!;
      else quoted = !quoted;
    } else if (letter === delimiter && !quoted) {
      fields.push(field.trim());
      field = '';
    } else field += letter;
  }
  fields.push(field.trim());
  return fields;
}

/** Whether a first row holds values: numbers that cannot be the names of cells, or that follow the name of one. */
function isValues([corner = '', ...fields]: readonly string[]): boolean {
  if (fields.length === 0 || !fields.every(isNumber)) return false;
  if (fields.some((field) => !/^\d+$/.test(field)) || new Set(fields).size < fields.length) return true;
  return !geneCorners.test(corner) && (looksLikeCell(corner) || looksLikeGene(corner));
}

/** Reads the first lines of a table and finds delimiter, header and orientation. */
export async function csvLayout(path: string, orientation?: Orientation): Promise<CsvLayout> {
  const lines = (await firstLines(path, SAMPLE)).filter((line) => line.trim() !== '');
  const refuse = (what: string): UserError => new UserError(`${path} ${what}.`, { file: path, row: 1 });
  if (lines.length === 0) throw refuse('is empty: it holds nothing but blank lines');
  const delimiter = findDelimiter(lines);
  if (delimiter === undefined)
    throw refuse('is no table: its lines are not split by commas, tabs or semicolons');
  const head = splitFields(lines[0]!, delimiter);
  if (lines.length < 2) throw refuse('has a header and no rows');
  const rows = lines.slice(1).map((line) => splitFields(line, delimiter));
  const short = rows.every((row) => row.length === head.length + 1);
  if (isValues(head))
    throw refuse('has no header: its first row holds numbers where names of genes or cells should stand');
  const corner = short ? '' : head[0]!;
  const header = short ? head : head.slice(1);
  if (corner.toLowerCase() === 'fov' && header[0]?.toLowerCase() === 'cell_id')
    return {
      delimiter,
      keys: 2,
      header: header.slice(1),
      corner,
      orientation: 'cells-by-genes',
      reason: 'cells go by fov and cell_ID',
    };
  const first = rows.map((row) => row[0]!);
  const plainName = corner !== '' && !cellCorners.test(corner) && looksLikeGene(corner);
  if (plainName && first.length > 5 && first.every(isNumber) && new Set(first).size < first.length * 0.9)
    throw refuse(`has no column of cell names: its first column, ${corner}, holds values`);
  return { delimiter, keys: 1, header, corner, ...orient(corner, header, first, orientation) };
}

function orient(
  corner: string,
  header: readonly string[],
  first: readonly string[],
  asked: Orientation | undefined,
): Pick<CsvLayout, 'orientation' | 'reason'> {
  if (asked) return { orientation: asked, reason: 'as asked for' };
  if (cellCorners.test(corner))
    return { orientation: 'cells-by-genes', reason: `first column is called ${corner}` };
  if (geneCorners.test(corner))
    return { orientation: 'genes-by-cells', reason: `first column is called ${corner}` };
  const across = share(header, looksLikeGene) - share(header, looksLikeCell);
  const down = share(first, looksLikeGene) - share(first, looksLikeCell);
  if (across - down > 0.2)
    return { orientation: 'cells-by-genes', reason: 'the header looks like gene names' };
  if (down - across > 0.2)
    return { orientation: 'genes-by-cells', reason: 'the first column looks like gene names' };
  return { orientation: 'cells-by-genes', reason: undefined };
}
