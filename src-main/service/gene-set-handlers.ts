import { UserError } from '../../src-shared/contract/errors.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import { starterSets } from '../engine/analyse/starter-sets.ts';
import type { ServiceContext } from './context.ts';
import { listCollections, readCollection, saveCollection } from './gene-sets/collections.ts';

type GeneSetCall = Extract<keyof Handlers, `gene-sets:${string}`>;

const STARTER_NOTES = [
  'These sets come with SpaGene (CC0): markers of cell types and genes of common processes, as human symbols, written from textbook knowledge to begin with.',
  'Larger collections come from you, as .gmt files: Reactome (CC0), or Hallmark and GO of MSigDB under its own terms.',
];

/** Calls about collections of gene sets: read, listed, and saved in the project. */
export function geneSetHandlers(context: ServiceContext): Pick<Handlers, GeneSetCall> {
  return {
    'gene-sets:read': async ({ path }) => {
      if (path === null) {
        return { ...(await starterSets()), notes: STARTER_NOTES };
      }
      context.access.check(path);
      return { ...(await readCollection(path)), notes: [] };
    },
    'gene-sets:list': () => listCollections(context.project().folder),
    'gene-sets:save': async ({ name, sets }) => {
      const { folder, state } = context.project();
      if (state.readOnly !== null) throw new UserError(state.readOnly, { file: folder }, 'usage');
      return { path: await saveCollection(folder, name, sets) };
    },
  };
}
