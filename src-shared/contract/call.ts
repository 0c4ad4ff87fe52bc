import type { z } from 'zod';

/** One request that a page may send: the shapes of what it gives and of what it gets. */
export interface Call<A extends z.ZodType = z.ZodType, R extends z.ZodType = z.ZodType> {
  readonly args: A;
  readonly result: R;
}

export function call<A extends z.ZodType, R extends z.ZodType>(args: A, result: R): Call<A, R> {
  return { args, result };
}
