import type { Warning } from '../contract/errors.ts';
import type { LossPoint } from './loss-point.ts';

/** What a run tells while it goes: the command line prints it, the app shows it. */
export type RunEvent =
  | { readonly kind: 'stage'; readonly name: RunStage; readonly detail: string }
  | { readonly kind: 'warning'; readonly warning: Warning }
  | { readonly kind: 'losses'; readonly point: LossPoint; readonly members: number }
  /** A finding in plain words. */
  | { readonly kind: 'note'; readonly message: string }
  | { readonly kind: 'progress'; readonly done: number; readonly total: number }
  | { readonly kind: 'finished'; readonly folder: string; readonly seconds: number };

export type RunStage = 'reading' | 'processing' | 'training' | 'blending' | 'imputing';
