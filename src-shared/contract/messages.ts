import { z } from 'zod';
import { place } from './schemas.ts';

/** The envelopes that travel between the page and the engine, whatever carries them. */

/** `malformed`: not a message of the contract; `unknown-call`; `refused`: not allowed here; `gone`: no engine. */
export const failureCode = z.enum([
  'input',
  'usage',
  'stopped',
  'internal',
  'malformed',
  'unknown-call',
  'refused',
  'gone',
]);
export type FailureCode = z.infer<typeof failureCode>;

export const failure = z.strictObject({
  code: failureCode,
  message: z.string(),
  place: place.exactOptional(),
});
export type Failure = z.infer<typeof failure>;

/** Page → engine. */
export const request = z.strictObject({
  id: z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER),
  call: z.string().max(60),
  args: z.unknown(),
});
export type Request = z.infer<typeof request>;

/** Engine → page: the answer to a request; `id` is null when the request was not readable. */
export const response = z.union([
  z.strictObject({ id: z.number().int().nullable(), ok: z.literal(true), value: z.unknown() }),
  z.strictObject({ id: z.number().int().nullable(), ok: z.literal(false), failure }),
]);
export type Response = z.infer<typeof response>;

/** Engine → page: a push. `seq` counts from 1 for every page that connects, without gaps. */
export const push = z.strictObject({
  seq: z.number().int().positive(),
  event: z.string().max(60),
  payload: z.unknown(),
});
export type Push = z.infer<typeof push>;
