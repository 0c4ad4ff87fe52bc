import type { StateCreator } from 'zustand';
import type { AppState } from './store.ts';

/** A short message in the corner, with a button such as Undo. */
export interface Notice {
  readonly id: number;
  readonly kind: 'info' | 'ok' | 'error';
  readonly message: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

export interface NoticesSlice {
  readonly notices: readonly Notice[];
  readonly notify: (notice: Omit<Notice, 'id'>) => void;
  readonly dismiss: (id: number) => void;
}

let next = 1;

export const createNoticesSlice: StateCreator<AppState, [], [], NoticesSlice> = (set) => ({
  notices: [],
  // Four at most: the oldest leaves.
  notify: (notice) => set((state) => ({ notices: [...state.notices.slice(-3), { ...notice, id: next++ }] })),
  dismiss: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
});
