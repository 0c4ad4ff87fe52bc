/**
 * Results 0 … `count` − 1 in order, with up to `window` of them asked for at once. When the caller stops, or one
 * fails, those still under way are waited for and dropped.
 */
export async function* inOrder<T>(
  count: number,
  window: number,
  make: (index: number) => Promise<T>,
): AsyncGenerator<T> {
  const waiting: Promise<T>[] = [];
  try {
    for (let next = 0; next < count || waiting.length > 0;) {
      while (next < count && waiting.length < window) {
        const promise = make(next++);
        // It is looked at in its turn; until then a failure is nobody's.
        promise.catch(() => undefined);
        waiting.push(promise);
      }
      yield await waiting.shift()!;
    }
  } finally {
    await Promise.allSettled(waiting);
  }
}
