import { objectHeader } from './hdf5-objects.ts';
import type { Bytes } from './hdf5-objects.ts';

const [LINK, SYMBOL_TABLE] = [0x06, 0x11];
/** Nodes of a group's index that are looked at. */
const MAX_NODES = 10_000;

/** Header address of the object at `path`; undefined where a group is indexed in a way that is not read here. */
export function followPath(file: Bytes, root: number, path: string): number | undefined {
  let header: number | undefined = root;
  for (const name of path.split('/').filter((part) => part !== '')) {
    if (header === undefined) return undefined;
    header = member(file, header, name);
  }
  return header;
}

function member(file: Bytes, group: number, name: string): number | undefined {
  for (const { type, data } of objectHeader(file, group)) {
    if (type === LINK) {
      const link = linkOf(data);
      if (link?.name === name) return link.header;
    }
    if (type === SYMBOL_TABLE)
      return symbol(file, Number(data.readBigUInt64LE(0)), Number(data.readBigUInt64LE(8)), name);
  }
  return undefined;
}

/** A hard link message; undefined for others. */
function linkOf(data: Buffer): { name: string; header: number } | undefined {
  const flags = data[1]!;
  let at = 2;
  if (flags & 8 && data[at++] !== 0) return undefined;
  at += (flags & 4 ? 8 : 0) + (flags & 16 ? 1 : 0);
  const width = 1 << (flags & 3);
  const length = data.readUIntLE(at, Math.min(6, width));
  const start = at + width;
  return {
    name: data.toString('utf8', start, start + length),
    header: Number(data.readBigUInt64LE(start + length)),
  };
}

/** Looks a name up in the B-tree (version 1) and the heap of names of an old-style group. */
function symbol(file: Bytes, tree: number, heap: number, name: string): number | undefined {
  const names = Number(file.read(heap, 32).readBigUInt64LE(24));
  const waiting = [tree];
  for (let visited = 0; waiting.length > 0 && visited < MAX_NODES; visited++) {
    const address = waiting.pop()!;
    const head = file.read(address, 8);
    const kind = head.toString('latin1', 0, 4);
    const used = head.readUInt16LE(6);
    if (kind === 'TREE' && head[4] === 0) {
      const body = file.read(address + 24, used * 16);
      for (let i = 0; i < used; i++) waiting.push(Number(body.readBigUInt64LE(i * 16 + 8)));
    } else if (kind === 'SNOD') {
      const body = file.read(address + 8, used * 40);
      for (let i = 0; i < used; i++) {
        const at = names + Number(body.readBigUInt64LE(i * 40));
        // A soft link has no header of its own.
        if (isName(file, at, name) && body.readUInt32LE(i * 40 + 16) !== 2)
          return Number(body.readBigUInt64LE(i * 40 + 8));
      }
    }
  }
  return undefined;
}

function isName(file: Bytes, at: number, name: string): boolean {
  const wanted = Buffer.from(`${name}\0`);
  return at + wanted.length <= file.length && file.read(at, wanted.length).equals(wanted);
}
