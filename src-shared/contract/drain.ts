/** Runs an async generator to its end, handing on what it yields. @returns what it returns */
export async function drain<Y, R>(
  running: AsyncGenerator<Y, R>,
  each: (value: Y) => void | Promise<void>,
): Promise<R> {
  for (;;) {
    const next = await running.next();
    if (next.done === true) return next.value;
    await each(next.value);
  }
}
