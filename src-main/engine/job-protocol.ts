import type { ErrorKind } from '../../src-shared/contract/errors.ts';
import type { AnalyseRequest } from '../../src-shared/domain/analyse-request.ts';
import type { AnalysisEvent } from '../../src-shared/domain/analysis-event.ts';
import type { EvaluateRequest } from '../../src-shared/domain/evaluate-request.ts';
import type { EvaluationEvent } from '../../src-shared/domain/evaluation-event.ts';
import type { ImputeRequest } from '../../src-shared/domain/impute-request.ts';
import type { RunEvent } from '../../src-shared/domain/run-event.ts';
import type { BackendChoice } from '../backend/select.ts';
import type { Calibration, Width } from './calibrate.ts';

/** What a job process is for. */
export type JobTask =
  | { readonly kind: 'impute'; readonly request: ImputeRequest }
  | { readonly kind: 'evaluate'; readonly request: EvaluateRequest }
  | { readonly kind: 'analyse'; readonly request: AnalyseRequest };

/** Measures how fast this machine trains; ends with `calibrated` in place of `done`. */
export interface CalibrateTask {
  readonly kind: 'calibrate';
  readonly backend: BackendChoice;
  readonly width: Width;
}

/** What the engine's process tells a job process: the task first and once. */
export type ToJob =
  | { readonly kind: 'run'; readonly task: JobTask | CalibrateTask; readonly version: string }
  /** Write a checkpoint and end. */
  | { readonly kind: 'stop' }
  /** End the training and go on to the result. */
  | { readonly kind: 'finish-early' };

export type JobEvent = RunEvent | EvaluationEvent | AnalysisEvent;

/** What it hears: `ready` first, then events, and one of `done` and `error` last. */
export type FromJob =
  | { readonly kind: 'ready' }
  | { readonly kind: 'event'; readonly event: JobEvent }
  /** Resident memory of the process. */
  | { readonly kind: 'memory'; readonly bytes: number }
  /** `failed` counts an evaluation's jobs that failed. */
  | { readonly kind: 'done'; readonly failed: number }
  | { readonly kind: 'calibrated'; readonly calibration: Calibration }
  | { readonly kind: 'error'; readonly error: ErrorKind; readonly message: string };
