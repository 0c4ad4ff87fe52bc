import { nativeKernels } from '../backend/kernels.ts';
import type { Random } from '../../src-shared/maths/random.ts';

/**
 * An inverted-dropout mask of 0 and 1/(1 − p) (Srivastava et al. 2014), drawn from our own seeded stream so that
 * a resumed run repeats itself. Each 32-bit word decides two units, so p is met to 2⁻¹⁶.
 *
 * @returns rows × width, row-major, or undefined when p is 0
 */
export function dropoutMask(
  rows: number,
  width: number,
  probability: number,
  random: Random,
): Float32Array | undefined {
  if (probability <= 0) return undefined;
  const values = new Float32Array(rows * width);
  const threshold = Math.round(probability * 0x10000);
  const kept = 1 / (1 - threshold / 0x10000);
  const native = nativeKernels();
  if (native !== undefined) {
    const state = Uint32Array.from(random.state);
    native.dropout(values, threshold, kept, state);
    random.state = [state[0]!, state[1]!, state[2]!, state[3]!];
    return values;
  }
  for (let i = 0; i < values.length; i += 2) {
    const word = random.uint32();
    if (word >>> 16 >= threshold) values[i] = kept;
    // Writing one past an odd end is ignored by typed arrays.
    if ((word & 0xffff) >= threshold) values[i + 1] = kept;
  }
  return values;
}
