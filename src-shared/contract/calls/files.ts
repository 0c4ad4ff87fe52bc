import { z } from 'zod';
import { call } from '../call.ts';
import { count, done, path } from '../schemas.ts';

export const fileEntry = z.strictObject({
  name: z.string(),
  path,
  kind: z.enum(['file', 'folder']),
  bytes: count,
  modified: z.string(),
  /** A folder that is a project, or a vendor's output such as "Xenium". */
  hint: z.string().exactOptional(),
});
export type FileEntry = z.infer<typeof fileEntry>;

/** What a chosen path is for; decides the dialog's title and filters. */
export const purpose = z.enum([
  'dataset-file',
  'dataset-folder',
  'table',
  'project',
  'new-project',
  'folder',
  'config',
  'gene-sets',
]);

export const fileCalls = {
  /** Shows the system's dialog (Electron only); null when it was closed. The path may be read from then on. */
  'files:choose': call(
    z.strictObject({ purpose, name: z.string().max(255).exactOptional() }),
    z.strictObject({ path: path.nullable() }),
  ),
  /** Lists a folder for the browser mode's own dialog; the home folder when left out. Refused in Electron. */
  'files:list': call(
    z.strictObject({ folder: path.exactOptional() }),
    z.strictObject({
      folder: path,
      parent: path.nullable(),
      places: z.array(z.strictObject({ name: z.string(), path })),
      entries: z.array(fileEntry),
      /** More entries than are listed. */
      truncated: z.boolean(),
    }),
  ),
  /** The user picked this path in the browser mode's dialog, or dropped it (Electron). */
  'files:picked': call(z.strictObject({ path }), done),
  /** Makes a folder inside one that is listed, for a new project. */
  'files:make-folder': call(
    z.strictObject({ folder: path, name: z.string().max(255) }),
    z.strictObject({ path }),
  ),
  /** Shows a file of the project in the system's file manager (Electron only). */
  'files:reveal': call(z.strictObject({ path }), done),
} as const;
