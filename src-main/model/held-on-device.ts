import * as tf from '@tensorflow/tfjs-core';

/** Arrays that a checkpoint knows, of which the newer numbers are on the device, one behind the other. */
interface Held {
  readonly arrays: readonly Float32Array[];
  readonly variable: tf.Variable;
}

const holders = new WeakMap<Float32Array, Held>();

/**
 * The numbers of some arrays as one variable on the device, which from then on is the truth: {@link pullHeld} brings
 * the numbers back into the arrays, {@link dropHeld} makes the arrays the truth again.
 *
 * @param arrays always the same objects in the same grouping
 * @param shape of the variable; as long as all arrays together
 */
export function heldOnDevice(arrays: readonly Float32Array[], shape: readonly number[]): tf.Variable {
  const known = holders.get(arrays[0]!);
  if (known !== undefined) return known.variable;
  const all = new Float32Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  for (const array of arrays) {
    all.set(array, offset);
    offset += array.length;
  }
  const variable = tf.tidy(() => tf.variable(tf.tensor(all, [...shape])));
  for (const array of arrays) holders.set(array, { arrays, variable });
  return variable;
}

/** The variable that holds this array, if there is one. */
export function holderOf(array: Float32Array): tf.Variable | undefined {
  return holders.get(array)?.variable;
}

function holdersOf(arrays: Iterable<Float32Array>): Set<tf.Variable> {
  return new Set([...arrays].map(holderOf).filter((variable) => variable !== undefined));
}

/** Brings what is newer on the device back into the arrays. */
export async function pullHeld(arrays: Iterable<Float32Array>): Promise<void> {
  const groups = new Map(
    [...arrays].flatMap((array) => {
      const held = holders.get(array);
      return held === undefined ? [] : [[held.variable, held.arrays] as const];
    }),
  );
  await Promise.all(
    [...groups].map(async ([variable, members]) => {
      const all = (await variable.data()) as Float32Array;
      let offset = 0;
      for (const array of members) {
        array.set(all.subarray(offset, offset + array.length));
        offset += array.length;
      }
    }),
  );
}

/** Forgets what is on the device. A group goes as a whole. */
export function dropHeld(arrays: Iterable<Float32Array>): void {
  const all = [...arrays];
  for (const variable of holdersOf(all)) variable.dispose();
  for (const array of all) holders.get(array)?.arrays.forEach((member) => holders.delete(member));
}
