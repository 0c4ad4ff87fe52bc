import { readSync, writeSync } from 'node:fs';

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Writes a whole list at a position of an open file. Throws what the system says, such as that the disk is full. */
export function writeAt(file: number, list: ArrayBufferView, position: number): void {
  const bytes = bytesOf(list);
  for (let done = 0; done < bytes.length;) {
    done += writeSync(file, bytes, done, bytes.length - done, position + done);
  }
}

/** Fills a whole list from a position of an open file; false where the file ends before. */
export function readAt(file: number, list: ArrayBufferView, position: number): boolean {
  const bytes = bytesOf(list);
  for (let done = 0; done < bytes.length;) {
    const count = readSync(file, bytes, done, bytes.length - done, position + done);
    if (count === 0) return false;
    done += count;
  }
  return true;
}
