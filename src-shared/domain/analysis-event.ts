import type { Warning } from '../contract/errors.ts';

/** What an analysis tells while it goes. */
export type AnalysisEvent =
  | { readonly kind: 'stage'; readonly name: AnalysisStage; readonly detail: string }
  | { readonly kind: 'warning'; readonly warning: Warning }
  /** How far the stage has come, 0 … 1. */
  | { readonly kind: 'share'; readonly share: number }
  /** The finding in plain words. */
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'finished'; readonly folder: string; readonly seconds: number };

export type AnalysisStage = 'reading' | 'analysing' | 'writing';
