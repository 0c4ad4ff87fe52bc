import { app, dialog, shell } from 'electron';
import { join } from 'node:path';
import { distFolder } from './app-address.ts';

/** The user guide, which is shipped beside the program so that other programs can open it. */
export const guideFile = 'guide.md';

export async function openGuide(): Promise<void> {
  const folder = app.isPackaged ? process.resourcesPath : join(distFolder(), '..');
  await openOrTell(join(folder, 'docs', guideFile), 'The user guide cannot be opened.');
}

/** Opens a file or folder of the app itself in the program that the system has for it. */
export async function openOrTell(path: string, failed: string): Promise<void> {
  const problem = await shell.openPath(path);
  if (problem !== '')
    await dialog.showMessageBox({ type: 'warning', message: failed, detail: `It is ${path}.` });
}
