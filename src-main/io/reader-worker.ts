/**
 * The thread that owns the HDF5 library. A damaged file can make the library hang, abort or grow without end inside
 * one call; here that costs a thread, which the client (hdf5.ts) ends, and never the process.
 */
import { parentPort } from 'node:worker_threads';
import type { Reply, Request } from './hdf5-protocol.ts';

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

const { answer, buffersOf } = await import('./hdf5-server.ts');
const port = parentPort!;
port.on('message', (request: Request) => {
  let reply: Reply;
  try {
    reply = { result: answer(request) };
  } catch (error) {
    reply = { error: error instanceof Error ? error.message : String(error) };
  }
  port.postMessage(reply, buffersOf(reply.result));
});
