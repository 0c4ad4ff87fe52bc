import { z } from 'zod';

/** Pieces that several calls and events are made of. */

/** An absolute path on the machine where the engine runs. */
export const path = z.string().min(1).max(4096);
/** Name of a run, evaluation or group inside its project: letters, digits, dashes. */
export const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/u);
export const geneName = z.string().min(1).max(256);
export const moment = z.iso.datetime();
export const count = z.number().int().nonnegative();
/** A share of a whole, 0 … 1. */
export const share = z.number().min(0).max(1);
export const nothing = z.strictObject({});
export const done = z.strictObject({});

export const float32 = z.custom<Float32Array>((value) => value instanceof Float32Array);
export const uint32 = z.custom<Uint32Array>((value) => value instanceof Uint32Array);
export const uint16 = z.custom<Uint16Array>((value) => value instanceof Uint16Array);
export const uint8 = z.custom<Uint8Array>((value) => value instanceof Uint8Array);

export const place = z.strictObject({
  file: z.string().exactOptional(),
  element: z.string().exactOptional(),
  row: z.number().exactOptional(),
});

export const warning = z.strictObject({
  code: z.string(),
  message: z.string(),
  place: place.exactOptional(),
});
