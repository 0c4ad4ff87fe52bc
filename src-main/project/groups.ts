import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../src-shared/contract/errors.ts';
import { writeFileAtomically } from '../io/atomic-write.ts';
import { newId } from './new-id.ts';
import type { OpenProject } from './open-project.ts';

/** groups/<id>.bin: indices of cells, 32 bits each, the low byte first. */
export function groupFile(id: string): string {
  return join('groups', `${id}.bin`);
}

/** Keeps a selection of spatial cells under a name. @returns its id */
export async function saveGroup(project: OpenProject, name: string, cells: Uint32Array): Promise<string> {
  checkCells(project, cells);
  const sorted = Uint32Array.from(new Set(cells)).sort();
  const id = newId('group');
  // Says why when nothing may be changed, before anything is written.
  if (project.state.readOnly !== null) throw new UserError(project.state.readOnly, {}, 'usage');
  // Should this fail for another reason than being there, so does the writing, which says why.
  await mkdir(join(project.folder, 'groups')).catch(() => undefined);
  await writeFileAtomically(join(project.folder, groupFile(id)), new Uint8Array(sorted.buffer));
  const record = { id, name, cells: sorted.length, created: new Date().toISOString() };
  await project.change((state) => ({ ...state, groups: [...state.groups, record] }));
  return id;
}

function checkCells({ state: { spatial } }: OpenProject, cells: Uint32Array): void {
  if (spatial === null)
    throw new UserError('The project has no spatial dataset whose cells could be chosen.');
  const beyond = cells.find((cell) => cell >= spatial.cells);
  if (cells.length > 0 && beyond === undefined) return;
  const what =
    beyond === undefined ? 'no cell is chosen' : `there is no cell ${beyond + 1}; there are ${spatial.cells}`;
  throw new UserError(`The group was not saved: ${what}.`, {}, 'usage');
}

/** Cells of a group, in the order of the dataset. Throws a UserError when it is unknown or its file is damaged. */
export async function readGroup(project: OpenProject, id: string): Promise<Uint32Array<ArrayBuffer>> {
  const group = project.state.groups.find((one) => one.id === id);
  if (group === undefined) throw new UserError(`There is no group "${id}" in this project (any more).`);
  const path = join(project.folder, groupFile(id));
  const bytes = await readFile(path).catch((error: unknown) => {
    throw lost(group.name, path, error);
  });
  if (bytes.length !== group.cells * 4) throw lost(group.name, path);
  return new Uint32Array(new Uint8Array(bytes).buffer);
}

function lost(name: string, path: string, cause?: unknown): UserError {
  const message = `The cells of the group "${name}" cannot be read from ${path}; remove the group and choose the cells again.`;
  return new UserError(message, { file: path }, 'input', cause);
}
