import { create } from 'zustand';
import type { DatasetPreview, GeneOverlap } from '../../../src-shared/domain/preview.ts';
import type { DatasetChoice, DatasetRecord, DatasetRole } from '../../../src-shared/domain/project.ts';

/** How a piece of work is coming on: what is done, and the share that is done where that is known. */
export interface Progress {
  readonly stage: string;
  readonly share: number | null;
}

/** Data that were chosen and are not taken in yet. */
export interface Draft {
  readonly choice: DatasetChoice;
  /** What it is to be called; empty for the name that the engine found. */
  readonly name: string;
  readonly storage: DatasetRecord['storage'];
  readonly phase: 'reading' | 'ready' | 'failed' | 'importing';
  /** What the last choice that could be read holds. */
  readonly preview: DatasetPreview | null;
  readonly good: DatasetChoice | null;
  /** Why the choice cannot be read, or was not taken in. */
  readonly error: string | null;
  readonly progress: Progress | null;
  /** Of the work that is under way; what comes from other work is late and dropped. */
  readonly ticket: string;
}

/** Something that was asked for by `key`. */
export interface Asked<T> {
  readonly key: string;
  readonly phase: 'reading' | 'ready' | 'failed';
  readonly value: T | null;
  readonly error: string | null;
  readonly progress: Progress | null;
  readonly ticket: string;
}

export interface Imports {
  /** The project that all this belongs to. */
  readonly folder: string | null;
  readonly drafts: Readonly<Record<DatasetRole, Draft | null>>;
  /** Pictures of what is in the project. */
  readonly shown: Readonly<Record<DatasetRole, Asked<DatasetPreview> | null>>;
  readonly overlap: Asked<GeneOverlap> | null;
}

export const EMPTY: Imports = {
  folder: null,
  drafts: { spatial: null, reference: null },
  shown: { spatial: null, reference: null },
  overlap: null,
};

/** State of the import view; outside of it, so that reading goes on while the user looks at something else. */
export const useImports = create<Imports>()(() => EMPTY);

export function setDraft(role: DatasetRole, draft: Draft | null): void {
  useImports.setState(({ drafts }) => ({ drafts: { ...drafts, [role]: draft } }));
}

/** Changes a draft unless other work on it has begun since. */
export function patchDraft(role: DatasetRole, ticket: string, changes: Partial<Draft>): void {
  const draft = useImports.getState().drafts[role];
  if (draft?.ticket === ticket) setDraft(role, { ...draft, ...changes });
}

export function setShown(role: DatasetRole, asked: Asked<DatasetPreview> | null): void {
  useImports.setState(({ shown }) => ({ shown: { ...shown, [role]: asked } }));
}

/** Names what is in the project: changes when it is replaced or found again. */
export function keyOf(record: DatasetRecord): string {
  return JSON.stringify([record.imported, record.choice]);
}

/** A draft of newly chosen data, or an earlier one with another choice inside the same data. */
export function draftOf(choice: DatasetChoice, before: Draft | null, ticket: string): Draft {
  const same = before?.choice.path === choice.path ? before : null;
  return {
    name: '',
    storage: 'linked',
    preview: null,
    good: null,
    ...same,
    choice,
    phase: 'reading',
    error: null,
    progress: null,
    ticket,
  };
}
