import { z } from 'zod';
import { datasetRole, projectState } from '../../domain/project.ts';
import { call } from '../call.ts';
import { done, id, nothing, path, uint32 } from '../schemas.ts';

/** What can be taken away and brought back. */
export const item = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('run'), id }),
  z.strictObject({ kind: z.literal('evaluation'), id }),
  z.strictObject({ kind: z.literal('analysis'), id }),
  z.strictObject({ kind: z.literal('group'), id }),
  z.strictObject({ kind: z.literal('dataset'), role: datasetRole }),
]);

export const projectCalls = {
  /** The project that is open, so that a reloaded page finds everything again. */
  'project:current': call(nothing, z.strictObject({ project: projectState.nullable() })),
  'project:create': call(z.strictObject({ folder: path, name: z.string().min(1).max(200) }), projectState),
  /** Makes a project with a simulated tissue in `folder`, or in a new folder below the user's documents. */
  'project:example': call(
    z.strictObject({ folder: path.exactOptional(), scenario: z.enum(['cortex', 'tumour']).exactOptional() }),
    projectState,
  ),
  'project:open': call(z.strictObject({ folder: path }), projectState),
  'project:close': call(nothing, done),
  'project:change': call(
    z.strictObject({
      name: z.string().min(1).max(200).exactOptional(),
      notes: z.string().max(20_000).exactOptional(),
    }),
    done,
  ),
  'project:save-view': call(z.strictObject({ view: z.record(z.string(), z.unknown()) }), done),
  'project:remove': call(item, z.strictObject({ trash: z.string() })),
  'project:restore': call(z.strictObject({ trash: z.string().max(200) }), done),
  'group:save': call(
    z.strictObject({ name: z.string().min(1).max(200), cells: uint32 }),
    z.strictObject({ id }),
  ),
  'group:cells': call(z.strictObject({ id }), z.strictObject({ cells: uint32 })),
} as const;
