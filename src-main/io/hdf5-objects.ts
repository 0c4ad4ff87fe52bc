/** Random access to the bytes of a file; reading outside it throws a RangeError. */
export interface Bytes {
  readonly length: number;
  read(at: number, length: number): Buffer;
}

/** One message of an object header, such as a dataspace or a filter pipeline. */
export interface Message {
  readonly type: number;
  readonly data: Buffer;
}

const SIGNATURE = '\x89HDF\r\n\x1a\n';
const CONTINUATION = 0x10;
/** Blocks that a header may be divided into, and bytes of one. */
const MAX_BLOCKS = 1000;
const MAX_BLOCK_BYTES = 2 ** 24;
const SHARED = 2;

/** Address of the root group's header; undefined for superblocks of an unknown kind, or with a block before them. */
export function rootHeader(file: Bytes): number | undefined {
  const start = file.read(0, 96);
  if (start.toString('latin1', 0, 8) !== SIGNATURE) return undefined;
  const version = start[8]!;
  if (version <= 1) {
    if (start[13] !== 8 || start[14] !== 8) return undefined;
    const at = version === 0 ? 24 : 28;
    // Base address first; the root's symbol table entry (name, then header) after four addresses.
    return start.readBigUInt64LE(at) === 0n ? Number(start.readBigUInt64LE(at + 40)) : undefined;
  }
  if (version > 3 || start[9] !== 8 || start[10] !== 8) return undefined;
  return start.readBigUInt64LE(12) === 0n ? Number(start.readBigUInt64LE(36)) : undefined;
}

interface Block {
  readonly at: number;
  readonly length: number;
}

/** All messages of an object header, of version 1 or 2; shared ones are left out. */
export function objectHeader(file: Bytes, address: number): Message[] {
  const start = file.read(address, 16);
  const second = start.toString('latin1', 0, 4) === 'OHDR';
  if (!second && start[0] !== 1) throw new RangeError('an unknown header');
  const flags = second ? start[5]! : 0;
  const messages: Message[] = [];
  const waiting = [
    second ? firstBlock(file, address, flags) : { at: address + 16, length: start.readUInt32LE(8) },
  ];
  for (let i = 0; i < waiting.length; i++) {
    if (i > MAX_BLOCKS || waiting[i]!.length > MAX_BLOCK_BYTES) throw new RangeError('an endless header');
    const block = file.read(waiting[i]!.at, waiting[i]!.length);
    for (const message of second ? messagesOf2(block, flags) : messagesOf1(block)) {
      messages.push(message);
      if (message.type === CONTINUATION) waiting.push(continuation(message.data, second));
    }
  }
  return messages;
}

/** In version 2 the further blocks have a signature before and a checksum after their messages. */
function continuation(data: Buffer, second: boolean): Block {
  const [at, length] = [Number(data.readBigUInt64LE(0)), Number(data.readBigUInt64LE(8))];
  return second ? { at: at + 4, length: length - 8 } : { at, length };
}

function firstBlock(file: Bytes, address: number, flags: number): Block {
  const sizeAt = address + 6 + (flags & 32 ? 16 : 0) + (flags & 16 ? 4 : 0);
  const width = 1 << (flags & 3);
  return { at: sizeAt + width, length: file.read(sizeAt, width).readUIntLE(0, Math.min(6, width)) };
}

function* messagesOf1(block: Buffer): Generator<Message> {
  for (let at = 0; at + 8 <= block.length;) {
    const [type, size, flags] = [block.readUInt16LE(at), block.readUInt16LE(at + 2), block[at + 4]!];
    if (!(flags & SHARED)) yield { type, data: block.subarray(at + 8, at + 8 + size) };
    at += 8 + size;
  }
}

function* messagesOf2(block: Buffer, headerFlags: number): Generator<Message> {
  const head = headerFlags & 4 ? 6 : 4;
  for (let at = 0; at + head <= block.length;) {
    const [type, size, flags] = [block[at]!, block.readUInt16LE(at + 1), block[at + 3]!];
    if (!(flags & SHARED)) yield { type, data: block.subarray(at + head, at + head + size) };
    at += head + size;
  }
}
