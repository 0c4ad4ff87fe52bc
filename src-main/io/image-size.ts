import { UserError } from '../../src-shared/contract/errors.ts';
import { firstBytes } from './byte-lines.ts';

export interface ImageSize {
  readonly type: 'image/png' | 'image/jpeg';
  readonly width: number;
  readonly height: number;
}

/** Markers of a JPEG that are followed by its size: the starts of frames, without DHT, JPG and DAC among them. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
/** Colour profiles and previews stand before the size of a JPEG. */
const HEAD = 1 << 20;

/** Width and height in pixels of a PNG or JPEG. Throws a UserError for a file that is neither or is cut off. */
export async function imageSize(path: string): Promise<ImageSize> {
  const bytes = await firstBytes(path, HEAD);
  const found = png(bytes) ?? jpeg(bytes);
  if (found && found.width > 0 && found.height > 0) return found;
  throw new UserError(`${path} is no PNG or JPEG picture, or it is truncated.`, { file: path });
}

function png(bytes: Uint8Array): ImageSize | undefined {
  if (bytes.length < 24 || String.fromCharCode(...bytes.subarray(1, 4)) !== 'PNG') return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return { type: 'image/png', width: view.getUint32(16), height: view.getUint32(20) };
}

function jpeg(bytes: Uint8Array): ImageSize | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let at = 2; at + 9 <= bytes.length && bytes[at] === 0xff; at += 2 + view.getUint16(at + 2)) {
    if (isFrame(bytes[at + 1]!))
      return { type: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
  }
  return undefined;
}
