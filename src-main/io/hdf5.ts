import { statSync } from 'node:fs';
import { UserError } from '../../src-shared/contract/errors.ts';
import { listPart } from './hdf5-raw.ts';
import type { RawList } from './hdf5-raw.ts';
import { ReaderThread } from './reader-thread.ts';
import type {
  AttributeValue,
  Band,
  BandRequest,
  Hdf5Dataset,
  Hdf5Group,
  Hdf5Node,
  Hdf5Values,
  Located,
  NumberArray,
  Reply,
  Request,
} from './hdf5-protocol.ts';

/** Bytes handed over in one read at most. */
export const MAX_SLICE = 1 << 28;
/** Longest list (names, pointers) that is read as a whole. */
const MAX_LIST = 2 ** 26;
/** A deflated byte unfolds to 1032 at most; whatever claims more than this in a file is not data. */
const MAX_RATIO = 1100;

/** A read-only HDF5 file behind a thread of its own; every failure comes out as a UserError that names file and element. */
export class Hdf5File {
  readonly path: string;
  readonly #thread: ReaderThread;
  readonly #bytes: number;
  readonly #nodes = new Map<string, Promise<Hdf5Node | undefined>>();

  private constructor(path: string, thread: ReaderThread, bytes: number) {
    this.path = path;
    this.#thread = thread;
    this.#bytes = bytes;
  }

  static async open(path: string): Promise<Hdf5File> {
    const thread = await ReaderThread.take();
    const file = new Hdf5File(path, thread, statSync(path).size);
    try {
      await file.#ask({ call: 'open', file: path }, '/');
      return file;
    } catch (error) {
      thread.end();
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#thread.giveBack();
  }

  /** The group or dataset at `path`; undefined when there is none. */
  node(path: string): Promise<Hdf5Node | undefined> {
    let node = this.#nodes.get(path);
    if (!node) {
      node = this.#ask({ call: 'node', path }, path).then(
        (result) => (result as Hdf5Node | null) ?? undefined,
      );
      this.#nodes.set(path, node);
    }
    return node;
  }

  async group(path: string): Promise<Hdf5Group | undefined> {
    const node = await this.node(path);
    return node?.kind === 'group' ? node : undefined;
  }

  /** The dataset at `path`, its size checked against the file's. */
  async dataset(path: string): Promise<Hdf5Dataset | undefined> {
    const node = await this.node(path);
    if (node?.kind !== 'dataset') return undefined;
    const items = node.shape.reduce((product, length) => product * length, 1);
    if (!(items * node.type.size <= this.#bytes * MAX_RATIO + 2 ** 20))
      throw this.damaged(
        path,
        `says it has ${node.shape.join(' × ')} values, more than a file of this size can hold`,
      );
    return node;
  }

  /** Reads the box start … stop (one pair an axis; none for a scalar), at most {@link MAX_SLICE} bytes. */
  async read(path: string, start: readonly number[], stop: readonly number[]): Promise<Hdf5Values> {
    const dataset = await this.dataset(path);
    const items = stop.reduce((product, end, axis) => product * (end - start[axis]!), 1);
    const bytes = items * (dataset?.type.size ?? 1);
    return (await this.#ask({ call: 'read', path, start, stop }, path, bytes)) as Hdf5Values;
  }

  /** A whole list of numbers, such as indptr; sliced while it is read. */
  async numbers(path: string): Promise<Float64Array> {
    const { shape, type } = await this.#list(path);
    const length = shape.reduce((product, n) => product * n, 1);
    const result = new Float64Array(length);
    const rest = shape.slice(1);
    const width = rest.reduce((product, n) => product * n, 1);
    const step = Math.max(1, Math.floor(MAX_SLICE / 4 / (type.size * Math.max(1, width))));
    if (shape.length === 0) result[0] = (await this.slice(path, [], []))[0] ?? NaN;
    else
      for (let from = 0; from < shape[0]! && width > 0; from += step) {
        const to = Math.min(shape[0]!, from + step);
        result.set(await this.slice(path, [from, ...rest.map(() => 0)], [to, ...rest]), from * width);
      }
    return result;
  }

  /** A whole list of strings (numbers and booleans are spelled out). */
  async strings(path: string): Promise<string[]> {
    const { shape, type } = await this.#list(path);
    const result: string[] = [];
    const rest = shape.slice(1);
    if (rest.some((length) => length !== 1)) throw this.damaged(path, 'should be a plain list');
    const step = Math.max(1, Math.min(200_000, Math.floor(MAX_SLICE / 4 / type.size)));
    const total = shape.length === 0 ? 1 : shape[0]!;
    for (let from = 0; from < total; from += step) {
      const to = Math.min(total, from + step);
      const scalar = shape.length === 0;
      const part = await this.read(
        path,
        scalar ? [] : [from, ...rest.map(() => 0)],
        scalar ? [] : [to, ...rest],
      );
      if (part.kind === 'table') throw this.damaged(path, 'should be a list of names, and is a table');
      for (const value of part.values) result.push(String(value));
    }
    return result;
  }

  /** A box of numbers. */
  async slice(path: string, start: readonly number[], stop: readonly number[]): Promise<NumberArray> {
    const part = await this.read(path, start, stop);
    if (part.kind !== 'numbers') throw this.damaged(path, 'should hold numbers, and does not');
    return part.values;
  }

  /** Where the bytes of a list stand; undefined where only the library can read it (and `read` does). */
  async located(path: string): Promise<RawList | undefined> {
    const dataset = await this.dataset(path);
    const found = (await this.#ask({ call: 'locate', file: this.path, path }, path)) as Located;
    const { list } = found;
    // What the library says about the dataset has to agree.
    if (list?.length !== dataset?.shape[0] || list?.size !== dataset?.type.size) return undefined;
    return list ?? undefined;
  }

  /** Reads rows without the library, on this file's thread or on another one. */
  async band(
    request: Omit<BandRequest, 'call' | 'file'>,
    path: string,
    thread = this.#thread,
  ): Promise<Band> {
    const bytes = (request.indptr.at(-1) ?? 0) * (request.indices.size + request.data.size);
    try {
      return (await thread.ask({ call: 'band', file: this.path, ...request }, bytes)) as Band;
    } catch (error) {
      throw this.unreadable(path, error);
    }
  }

  /** Reads a part of a list without the library, on this file's thread or on another one. */
  async raw(
    path: string,
    list: RawList,
    from: number,
    to: number,
    thread = this.#thread,
  ): Promise<NumberArray> {
    const request = { call: 'raw', file: this.path, list: listPart(list, from, to), from, to } as const;
    try {
      return ((await thread.ask(request, (to - from) * list.size)) as { values: NumberArray }).values;
    } catch (error) {
      throw this.unreadable(path, error);
    }
  }

  /** An error about this file, for people. */
  damaged(path: string, what: string): UserError {
    return new UserError(`${this.path}: ${path} ${what}.`, { file: this.path, element: path });
  }

  async #list(path: string): Promise<Hdf5Dataset> {
    const dataset = await this.dataset(path);
    if (!dataset) throw this.damaged(path, 'is missing');
    if (dataset.shape.reduce((product, n) => product * n, 1) > MAX_LIST)
      throw this.damaged(path, `is too long (${dataset.shape.join(' × ')})`);
    return dataset;
  }

  async #ask(request: Request, path: string, bytes = 0): Promise<Reply['result']> {
    try {
      return await this.#thread.ask(request, bytes);
    } catch (error) {
      throw this.unreadable(path, error);
    }
  }

  /** The error for a part of the file that cannot be read, whatever the reason. */
  unreadable(path: string, cause: unknown): UserError {
    const words = cause instanceof Error ? cause.message : '';
    const filter = /required filter '([^']+)'/.exec(words)?.[1];
    const where = path === '/' ? this.path : `${path} in ${this.path}`;
    const message = filter
      ? `${where} is compressed with ${filter}, which is not known here; write the file again with gzip compression.`
      : `${where} cannot be read: the HDF5 file is truncated or damaged; copy or download it again.`;
    return new UserError(message, { file: this.path, element: path }, 'input', cause);
  }
}

/** A text attribute, or undefined. */
export function textAttribute(node: Hdf5Node | undefined, name: string): string | undefined {
  const value: AttributeValue | undefined = node?.attributes[name];
  if (typeof value === 'string') return value;
  return Array.isArray(value) && typeof value[0] === 'string' ? value[0] : undefined;
}
