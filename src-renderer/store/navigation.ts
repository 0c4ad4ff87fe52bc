import type { StateCreator } from 'zustand';
import type { PresetName } from '../../src-shared/domain/presets.ts';
import type { AppState } from './store.ts';

/** The rail, in the order of the work. */
export const VIEWS = ['data', 'model', 'train', 'map', 'quality', 'biology', 'export'] as const;
export type ViewName = (typeof VIEWS)[number];

export interface NavigationSlice {
  readonly view: ViewName;
  /** What a view is asked to show when it is opened from elsewhere, such as a gene; taken once by the view. */
  readonly target: {
    readonly gene?: string;
    readonly job?: string;
    /** A preset to begin with. */
    readonly preset?: PresetName;
    /** A data file that waits to be imported. */
    readonly file?: string;
    /** Cells for the map to select. */
    readonly cells?: Uint32Array;
  } | null;
  readonly overlay: 'commands' | 'shortcuts' | 'queue' | null;
  readonly goTo: (view: ViewName, target?: NavigationSlice['target']) => void;
  readonly takeTarget: () => NavigationSlice['target'];
  readonly setOverlay: (overlay: NavigationSlice['overlay']) => void;
}

export const createNavigationSlice: StateCreator<AppState, [], [], NavigationSlice> = (set, get) => ({
  view: 'data',
  target: null,
  overlay: null,
  goTo: (view, target = null) => set({ view, target, overlay: null }),
  takeTarget: () => {
    const { target } = get();
    if (target !== null) set({ target: null });
    return target;
  },
  setOverlay: (overlay) => set({ overlay }),
});
