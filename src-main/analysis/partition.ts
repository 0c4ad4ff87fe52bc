/**
 * Moves the `at` members with the smallest keys to the front, in place; otherwise, and among equal keys at the border,
 * members keep their order. Returns the smallest key of those behind.
 *
 * @param keys one for each member; not changed
 */
export function partition(members: Int32Array, keys: Float64Array, at: number): number {
  const threshold = keys.slice().sort()[at]!;
  let below = 0;
  for (const key of keys) if (key < threshold) below++;
  let equalLeft = at - below;
  let low = 0;
  let high = 0;
  const behind = new Int32Array(members.length - at);
  for (let i = 0; i < members.length; i++) {
    const key = keys[i]!;
    const goesLeft = key < threshold || (key === threshold && equalLeft-- > 0);
    if (goesLeft) members[low++] = members[i]!;
    else behind[high++] = members[i]!;
  }
  members.set(behind, at);
  return threshold;
}
