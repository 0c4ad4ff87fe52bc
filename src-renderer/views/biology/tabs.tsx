import { lazy, type ComponentType } from 'react';
import type { BiologyTab } from './view-state.ts';

interface Tab {
  readonly id: BiologyTab;
  readonly title: string;
  /** What it answers, in a few words. */
  readonly about: string;
  readonly View: ComponentType;
}

/** The analyses, in the order in which one leads to the next. */
export const tabs: readonly Tab[] = [
  {
    id: 'cell-types',
    title: 'Cell types',
    about: 'Which cell is of which type',
    View: lazy(async () => ({ default: (await import('./cell-types/CellTypesTab.tsx')).CellTypesTab })),
  },
  {
    id: 'niches',
    title: 'Niches',
    about: 'Parts of the tissue with the same mix of cell types',
    View: lazy(async () => ({ default: (await import('./niches/NichesTab.tsx')).NichesTab })),
  },
  {
    id: 'neighbourhoods',
    title: 'Neighbourhoods',
    about: 'Which cell types lie beside each other',
    View: lazy(async () => ({
      default: (await import('./neighbourhoods/NeighbourhoodsTab.tsx')).NeighbourhoodsTab,
    })),
  },
  {
    id: 'trajectory',
    title: 'Trajectory',
    about: 'How far cells have come from where something begins (pseudotime)',
    View: lazy(async () => ({ default: (await import('./trajectory/TrajectoryTab.tsx')).TrajectoryTab })),
  },
  {
    id: 'genes',
    title: 'Genes',
    about: 'Which genes go with who lies around a cell',
    View: lazy(async () => ({ default: (await import('./genes/GenesTab.tsx')).GenesTab })),
  },
  {
    id: 'pathways',
    title: 'Pathways',
    about: 'Which pathways these genes belong to, raw and imputed',
    View: lazy(async () => ({ default: (await import('./pathways/PathwaysTab.tsx')).PathwaysTab })),
  },
  {
    id: 'moran',
    title: 'Spatial genes',
    about: 'Which genes form patterns in the tissue (Moran’s I)',
    View: lazy(async () => ({ default: (await import('./moran/MoranTab.tsx')).MoranTab })),
  },
];
