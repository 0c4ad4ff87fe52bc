import { z } from 'zod';

/** What the file of a lock says. */
const holder = z.object({
  pid: z.number().int(),
  host: z.string(),
  /** See processStart. */
  start: z.string().nullable(),
  since: z.string(),
  nonce: z.string(),
});
export type Holder = z.infer<typeof holder>;

/** The lock as it lies in the folder. */
export interface FoundLock {
  /** Null when it cannot be read, as when its writer was killed. */
  readonly holder: Holder | null;
  /** Milliseconds since its last sign of life, by the clock of the disk it lies on. */
  readonly age: number;
}

/** @returns null for what is no lock, or one that was not written to its end */
export function parseHolder(text: string): Holder | null {
  try {
    return holder.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
