import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Holds what can be made again from the data at any time. */
const CACHE = '.cache';

/** Where the project keeps the index by genes of its spatial dataset. The folder is made when it is written. */
export function geneIndexFile(folder: string): string {
  return join(folder, CACHE, 'spatial-genes.index');
}

/** Removes the index, and what is left of one that was being made; where that fails it only takes space. */
export async function removeGeneIndex(folder: string): Promise<void> {
  await rm(join(folder, CACHE), { recursive: true, force: true }).catch(() => undefined);
}
