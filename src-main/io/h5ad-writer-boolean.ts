import { open, type FileHandle } from 'node:fs/promises';

/**
 * HDF5 booleans as h5py and anndata know them are an enumeration of int8 with FALSE = 0 and TRUE = 1. h5wasm reads
 * them but cannot create that type, while the bytes of the data are those of an int8 dataset. So the dataset is
 * written as int8, and after the file is closed its type message is exchanged here. The longer message does not
 * fit into the old object header, so all messages move into a continuation block at the end of the file.
 * Layout: HDF5 File Format Specification, II (superblock version 0), IV.A.1.a (object header version 1),
 * IV.A.2.d (datatype message). It needs files made with libver `earliest`, which have no checksums.
 */
const enumOfInt8 = Buffer.concat([
  Buffer.from([0x18, 2, 0, 0, 1, 0, 0, 0]), // version 1, class 8 (enumeration), 2 members, 1 byte
  Buffer.from([0x10, 8, 0, 0, 1, 0, 0, 0, 0, 0, 8, 0]), // base type: version 1, class 0, signed, 8 bits
  Buffer.from('FALSE\0\0\0TRUE\0\0\0\0', 'latin1'),
  Buffer.from([0, 1, 0, 0]), // the two values, padded to a multiple of eight
]);

const messageType = { nil: 0, datatype: 3, continuation: 16 } as const;
const prefixSize = 16;
const messageHeader = 8;

interface Message {
  readonly type: number;
  readonly flags: number;
  readonly body: Buffer;
}

/**
 * Turns int8 datasets of a closed file into booleans.
 * `addresses` are those of their object headers, as an HDF5 object reference gives them.
 * Throws an Error when the file is not laid out as expected (a fault of this program, never of the user).
 */
export async function retypeAsBoolean(path: string, addresses: readonly number[]): Promise<void> {
  if (addresses.length === 0) return;
  const handle = await open(path, 'r+');
  try {
    const superblock = await readAt(handle, 0, 96);
    if (superblock[8] !== 0 || superblock[13] !== 8 || superblock[14] !== 8) {
      throw new Error(`${path}: expected an HDF5 superblock of version 0 with 8-byte offsets and lengths`);
    }
    let end = Number(superblock.readBigUInt64LE(40));
    for (const address of addresses) end = await retype(handle, address, end);
    superblock.writeBigUInt64LE(BigInt(end), 40);
    await handle.write(superblock, 0, superblock.length, 0);
  } finally {
    await handle.close();
  }
}

/** Moves the messages of one object header to `end` (rounded up); returns the new end of the file. */
async function retype(handle: FileHandle, address: number, end: number): Promise<number> {
  const prefix = await readAt(handle, address, prefixSize);
  if (prefix[0] !== 1) throw new Error(`object header at ${address} has version ${String(prefix[0])}, not 1`);
  const firstSize = prefix.readUInt32LE(8);
  const messages = await readMessages(handle, address + prefixSize, firstSize);
  const types = messages.filter((message) => message.type === messageType.datatype);
  const body = types[0]?.body;
  if (types.length !== 1 || body?.[0] !== 0x10 || body.readUInt32LE(4) !== 1) {
    throw new Error(`object header at ${address} does not describe an int8 dataset`);
  }
  const block = Buffer.concat(
    messages.map((message) =>
      encode(message.type === messageType.datatype ? { ...message, body: enumOfInt8 } : message),
    ),
  );
  const start = Math.ceil(end / 8) * 8;
  const pointer = Buffer.alloc(16);
  pointer.writeBigUInt64LE(BigInt(start));
  pointer.writeBigUInt64LE(BigInt(block.length), 8);
  const filler = Buffer.alloc(firstSize - pointer.length - 2 * messageHeader);
  const first = Buffer.concat([
    encode({ type: messageType.continuation, flags: 0, body: pointer }),
    encode({ type: messageType.nil, flags: 0, body: filler }),
  ]);
  prefix.writeUInt16LE(messages.length + 2, 2);
  await handle.write(Buffer.concat([prefix, first]), 0, prefixSize + firstSize, address);
  await handle.write(block, 0, block.length, start);
  return start + block.length;
}

/** All messages of a header chunk and of those it continues in, without fillers and continuations. */
async function readMessages(handle: FileHandle, start: number, size: number): Promise<Message[]> {
  const chunk = await readAt(handle, start, size);
  const messages: Message[] = [];
  let position = 0;
  while (position + messageHeader <= size) {
    const type = chunk.readUInt16LE(position);
    const bodyStart = position + messageHeader;
    position = bodyStart + chunk.readUInt16LE(position + 2);
    const body = chunk.subarray(bodyStart, position);
    if (type === messageType.continuation) {
      const [at, length] = [Number(body.readBigUInt64LE(0)), Number(body.readBigUInt64LE(8))];
      messages.push(...(await readMessages(handle, at, length)));
    } else if (type !== messageType.nil) {
      messages.push({ type, flags: chunk[bodyStart - 4]!, body });
    }
  }
  return messages;
}

function encode(message: Message): Buffer {
  const header = Buffer.alloc(messageHeader);
  header.writeUInt16LE(message.type);
  header.writeUInt16LE(message.body.length, 2);
  header[4] = message.flags;
  return Buffer.concat([header, message.body]);
}

async function readAt(handle: FileHandle, position: number, size: number): Promise<Buffer> {
  const bytes = Buffer.alloc(size);
  const { bytesRead } = await handle.read(bytes, 0, size, position);
  if (bytesRead !== size) throw new Error(`HDF5 structure at ${position} lies beyond the end of the file`);
  return bytes;
}
