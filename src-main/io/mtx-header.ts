import { UserError } from '../../src-shared/contract/errors.ts';
import { firstLines } from './byte-lines.ts';

/** What a MatrixMarket header declares. */
export interface MtxHeader {
  readonly field: 'real' | 'integer' | 'pattern';
  readonly layout: 'coordinate' | 'array';
  readonly symmetric: boolean;
  readonly rows: number;
  readonly columns: number;
  /** Entries listed (coordinate) or values that follow (array). */
  readonly entries: number;
  /** Number of the line that holds the sizes. */
  readonly sizeLine: number;
}

const MAX_COMMENTS = 1000;
const MAX_AXIS = 2 ** 27;

/** Reads and checks the first lines of a MatrixMarket file. */
export async function mtxHeader(path: string): Promise<MtxHeader> {
  const refuse = (what: string, row: number): UserError =>
    new UserError(`${path}, line ${row}: ${what}.`, { file: path, row });
  const lines = await firstLines(path, MAX_COMMENTS);
  const words = (lines[0] ?? '').trim().toLowerCase().split(/\s+/);
  const [, , layout, field, symmetry] = words;
  if (layout !== 'coordinate' && layout !== 'array') throw refuse('the MatrixMarket header is damaged', 1);
  if (field !== 'integer' && field !== 'pattern' && field !== 'real' && field !== 'double')
    throw refuse(`values of type ${field ?? 'none'} are not read (integer, real or pattern are)`, 1);
  if (symmetry !== 'general' && symmetry !== 'symmetric')
    throw refuse(`a ${symmetry ?? 'nameless'} matrix is not read (general or symmetric are)`, 1);
  const at = lines.findIndex((line, i) => i > 0 && line.trim() !== '' && !line.startsWith('%'));
  const sizes = (lines[at] ?? '').trim().split(/\s+/).map(Number);
  const [rows = NaN, columns = NaN] = sizes;
  const entries = layout === 'array' ? rows * columns : (sizes[2] ?? NaN);
  if (
    at < 0 ||
    sizes.length !== (layout === 'array' ? 2 : 3) ||
    ![rows, columns, entries].every(Number.isSafeInteger)
  )
    throw refuse('the line with the sizes of the matrix is missing or damaged', Math.max(1, at + 1));
  if (
    rows < 0 ||
    columns < 0 ||
    entries < 0 ||
    rows > MAX_AXIS ||
    columns > MAX_AXIS ||
    entries > rows * columns
  )
    throw refuse(`the sizes ${sizes.join(' ')} are impossible`, at + 1);
  if (symmetry === 'symmetric' && rows !== columns) throw refuse('a symmetric matrix must be square', at + 1);
  const kind = field === 'double' ? 'real' : field;
  return {
    field: kind,
    layout,
    symmetric: symmetry === 'symmetric',
    rows,
    columns,
    entries,
    sizeLine: at + 1,
  };
}
