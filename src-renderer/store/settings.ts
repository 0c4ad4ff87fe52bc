import type { StateCreator } from 'zustand';
import type { AppInfo, Settings } from '../../src-shared/contract/calls/app.ts';
import type { AppState } from './store.ts';

export interface SettingsSlice {
  readonly info: AppInfo | null;
  readonly settings: Settings;
  readonly setInfo: (info: AppInfo) => void;
  readonly setSettings: (settings: Settings) => void;
}

export const createSettingsSlice: StateCreator<AppState, [], [], SettingsSlice> = (set) => ({
  info: null,
  settings: { theme: 'system', backend: 'auto' },
  setInfo: (info) => set({ info }),
  setSettings: (settings) => set({ settings }),
});
