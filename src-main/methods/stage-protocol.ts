import type { ErrorKind } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { Dense } from '../matrix/dense.ts';
import type { TensorData } from '../model/frozen-state.ts';
import type { AutoencoderOptions } from '../train/autoencoder-training.ts';
import type { TranslationTrainingOptions } from '../train/translation-training.ts';
import type { MemberData } from './member.ts';

/** A line between who wants networks and who trains them. Messages are structured clones; none is lost or overtaken. */
export interface Line {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when nobody is at the other end any more. */
  onClose(listener: () => void): void;
}

/** Tensors by name, as a message carries them. */
export type SentTensors = readonly (readonly [string, TensorData])[];

/** A view whose matrix was sent before, under a number. */
export interface SentView {
  readonly matrix: number;
  readonly columns: Int32Array;
  readonly factor: Float32Array;
  readonly offset: Float32Array;
}

export type SentMember = Omit<MemberData, 'st' | 'sc' | 'panel'> &
  Readonly<Record<'st' | 'sc' | 'panel', SentView>>;

export type SentTask =
  | { readonly kind: 'autoencoder'; readonly data: SentMember; readonly options: AutoencoderOptions }
  | {
      readonly kind: 'translation';
      readonly data: SentMember;
      readonly trained: { readonly st: SentTensors; readonly sc: SentTensors };
      readonly options: TranslationTrainingOptions;
    };

export interface SentSnapshot {
  readonly tensors: SentTensors;
  readonly counters: Readonly<Record<string, number>>;
}

/** What a trainer is told. `stage` is a number that the asking side gave. */
export type ToTrainer =
  | { readonly kind: 'hello' }
  /** A matrix that tasks name by its number, sent once. */
  | { readonly kind: 'matrix'; readonly matrix: number; readonly dense: Dense }
  | { readonly kind: 'drop-matrix'; readonly matrix: number }
  | {
      readonly kind: 'start';
      readonly stage: number;
      readonly task: SentTask;
      readonly from: SentSnapshot | undefined;
    }
  /** Answered between two steps. */
  | { readonly kind: 'snapshot'; readonly stage: number }
  /** Pause: go on only when told, so that a point and the snapshot after it belong together. */
  | { readonly kind: 'go-on'; readonly stage: number }
  | { readonly kind: 'stop'; readonly stage: number }
  | { readonly kind: 'finish'; readonly stage: number }
  | { readonly kind: 'forget'; readonly stage: number };

/** What it tells. */
export type FromTrainer =
  | { readonly kind: 'ready'; readonly device: string }
  | { readonly kind: 'unable'; readonly problem: string }
  | { readonly kind: 'point'; readonly stage: number; readonly point: LossPoint }
  | { readonly kind: 'snapshot'; readonly stage: number; readonly snapshot: SentSnapshot }
  /** The end of the training; without networks when they are not of use. */
  | { readonly kind: 'finished'; readonly stage: number; readonly networks: SentTensors | undefined }
  | { readonly kind: 'stopped'; readonly stage: number }
  | { readonly kind: 'failed'; readonly stage: number; readonly error: ErrorKind; readonly message: string };
