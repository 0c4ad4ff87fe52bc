/**
 * The thread that owns the HDF5 library. A damaged file can make the library hang, abort or grow without end inside
 * one call; here that costs a thread, which the client (hdf5.ts) ends, and never the process.
 */
import { parentPort } from 'node:worker_threads';
import { readBand } from './hdf5-band.ts';
import { locateList } from './hdf5-locate.ts';
import type { Reply, Request, Result } from './hdf5-protocol.ts';
import { readList } from './hdf5-raw.ts';
import type { LibraryRequest } from './hdf5-server.ts';
import { buffersOf } from './hdf5-transfer.ts';

/** Bytes the WebAssembly heap may reach: one slice (256 MB), its copy inside the library, chunk caches. */
const MAX_HEAP = 1 << 30;

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

// The library asks for more memory through this one call and copes with a refusal (its malloc returns null).
const { Memory } = (globalThis as unknown as { WebAssembly: { Memory: { prototype: Memory } } }).WebAssembly;
const grow = Object.getOwnPropertyDescriptor(Memory.prototype, 'grow')!.value as (pages: number) => number;
Memory.prototype.grow = function limited(this: Memory, pages: number): number {
  if (this.buffer.byteLength + pages * 65536 > MAX_HEAP) throw new RangeError('too much memory asked for');
  return grow.call(this, pages);
};

const port = parentPort!;
let library: Promise<{ answer: (request: LibraryRequest) => Result }> | undefined;

/** The library is loaded when it is first needed: threads that only unpack chunks do without. */
async function answer(request: Request): Promise<Result> {
  switch (request.call) {
    case 'locate':
      return { kind: 'list', list: locateList(request.file, request.path) ?? null };
    case 'raw':
      return { kind: 'numbers', values: readList(request.file, request.list, request.from, request.to) };
    case 'band':
      return readBand(request);
    case 'close':
      return library === undefined ? null : (await library).answer(request);
    default:
      library ??= import('./hdf5-server.ts');
      return (await library).answer(request);
  }
}

async function reply(request: Request): Promise<void> {
  let message: Reply;
  try {
    message = { result: await answer(request) };
  } catch (error) {
    message = { error: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(message, buffersOf(message.result));
}

// The client asks for one thing at a time.
port.on('message', (request: Request) => void reply(request));
