import { z } from 'zod';
import { jobProgress, projectState } from '../domain/project.ts';
import { evaluationCell, logLine, lossPoint } from './calls/job.ts';
import { ticket } from './calls/dataset.ts';
import { id, share } from './schemas.ts';

/** Every push of the contract, once. Events carry a sequence number, so that a page notices a gap and asks again. */
export const events = {
  /** The whole state, whenever anything but progress has changed. */
  'project:changed': z.strictObject({ project: projectState.nullable() }),
  'job:progress': jobProgress,
  'run:losses': z.strictObject({ id, points: z.array(lossPoint) }),
  'evaluation:cells': z.strictObject({ id, cells: z.array(evaluationCell) }),
  'job:log': z.strictObject({ id, line: logLine }),
  /** How a preview, an import or an export is coming on. */
  'work:progress': z.strictObject({ ticket, stage: z.string(), share: share.nullable() }),
  /** The engine's process ended by itself and was started again; jobs that ran are paused and can go on. */
  'engine:restarted': z.strictObject({ message: z.string() }),
  /** A command of the native menu or of a shortcut that the system owns. */
  'menu:command': z.strictObject({ command: z.string().max(60) }),
  /** A project or data file that was opened from outside (double click, second start). */
  'app:open': z.strictObject({ path: z.string().max(4096) }),
} as const;

export type EventName = keyof typeof events;
export type EventOf<K extends EventName> = z.infer<(typeof events)[K]>;

export function isEventName(name: string): name is EventName {
  return Object.hasOwn(events, name);
}
