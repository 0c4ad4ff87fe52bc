import type { z } from 'zod';
import { analysisCalls } from './calls/analysis.ts';
import { appCalls } from './calls/app.ts';
import { datasetCalls } from './calls/dataset.ts';
import { fileCalls } from './calls/files.ts';
import { jobCalls } from './calls/job.ts';
import { mapCalls } from './calls/map.ts';
import { projectCalls } from './calls/project.ts';
import { resultCalls } from './calls/result.ts';

/** Every call of the contract, once. Both sides parse with these schemas; nothing is restated elsewhere. */
export const calls = {
  ...appCalls,
  ...fileCalls,
  ...projectCalls,
  ...datasetCalls,
  ...jobCalls,
  ...mapCalls,
  ...resultCalls,
  ...analysisCalls,
} as const;

export type CallName = keyof typeof calls;
export type Args<K extends CallName> = z.infer<(typeof calls)[K]['args']>;
export type Result<K extends CallName> = z.infer<(typeof calls)[K]['result']>;

/** What the engine implements. */
export type Handlers = { readonly [K in CallName]: (args: Args<K>) => Promise<Result<K>> };

export function isCallName(name: string): name is CallName {
  return Object.hasOwn(calls, name);
}

/** Calls whose results are long vectors; in Electron they go over a MessagePort of their own. */
export const vectorCalls: ReadonlySet<CallName> = new Set<CallName>([
  'map:positions',
  'map:genes',
  'map:gene',
  'map:column',
  'map:image',
  'map:cell-names',
  'group:save',
  'group:cells',
  'dataset:preview',
  'analysis:result',
]);
