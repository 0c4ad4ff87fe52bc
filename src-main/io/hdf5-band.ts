import { firstOutside, packRows } from '../matrix/packed.ts';
import type { Numbers, PackedBlock } from '../matrix/packed.ts';
import type { Band, BandRequest } from './hdf5-protocol.ts';
import { readList, Room } from './hdf5-raw.ts';
import type { RawList } from './hdf5-raw.ts';

// Bands are packed before the next one is read, so each list has one place.
const rooms = { indices: new Room(), data: new Room() };

/** Reads, checks and packs consecutive rows; runs on a reader thread. */
export function readBand(request: BandRequest): Band {
  const { file, from, indptr, minor } = request;
  const to = from + indptr.at(-1)!;
  const lists: Numbers[] = [];
  for (const name of ['indices', 'data'] as const) {
    const read = attempt(file, request[name], [from, to], rooms[name]);
    if (typeof read === 'string') return { kind: 'fault', list: name, words: read };
    lists.push(read);
  }
  const [indices, values] = lists as [Numbers, Numbers];
  const wrong = firstOutside(indices, minor);
  if (wrong >= 0)
    return { kind: 'fault', list: 'indices', wrong: { entry: from + wrong, index: indices[wrong]! } };
  return { kind: 'rows', block: packLists(request, indices, values) };
}

/** Packs rows whose lists were read. */
export function packLists(
  { firstRow, indptr, columns, keep }: Pick<BandRequest, 'firstRow' | 'indptr' | 'columns' | 'keep'>,
  indices: Numbers,
  values: Numbers,
): PackedBlock {
  return packRows({ firstRow, rows: indptr.length - 1, columns, indptr, indices, values, keep });
}

function attempt(
  file: string,
  list: RawList,
  [from, to]: readonly [number, number],
  room: Room,
): Numbers | string {
  try {
    return readList(file, list, from, to, room);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
