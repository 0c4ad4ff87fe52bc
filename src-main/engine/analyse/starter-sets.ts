import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { GeneSet } from '../../../src-shared/contract/calls/analysis.ts';
import { projectFolder } from '../../backend/native.ts';
import { readGeneSets } from '../../io/gmt.ts';

/** The gene sets that come with SpaGene (assets/gene-sets/*.gmt). */
export async function starterSets(): Promise<{ readonly name: string; readonly sets: GeneSet[] }> {
  const folder = join(projectFolder(), 'assets', 'gene-sets');
  const files = (await readdir(folder)).filter((file) => file.endsWith('.gmt')).sort();
  const sets: GeneSet[] = [];
  for (const file of files) sets.push(...(await readGeneSets(join(folder, file))));
  return { name: 'SpaGene starter sets', sets };
}
