import { create } from 'zustand';
import type { GeneSet } from '../../../../src-shared/contract/calls/analysis.ts';

/** A collection as it is edited: of the project, imported or new. */
export interface Draft {
  readonly name: string;
  readonly sets: readonly GeneSet[];
  /** Differs from what the project holds. */
  readonly isChanged: boolean;
  /** What was noticed when it was read. */
  readonly notes: readonly string[];
}

/** Key of the collection that comes with SpaGene; it can be looked at and copied. */
export const STARTER = 'starter';

/** What is edited stays until it is saved, also while other views are looked at. */
export interface DraftsState {
  /** Key of the collection that is shown: the path of one of the project, `starter`, or that of a new one. */
  readonly chosen: string;
  readonly drafts: Readonly<Record<string, Draft>>;
}

export const useDrafts = create<DraftsState>()(() => ({ chosen: STARTER, drafts: {} }));

export function setDraft(key: string, draft: Draft): void {
  useDrafts.setState(({ drafts }) => ({ drafts: { ...drafts, [key]: draft } }));
}

export function dropDraft(key: string): void {
  useDrafts.setState(({ drafts }) => ({
    drafts: Object.fromEntries(Object.entries(drafts).filter(([each]) => each !== key)),
  }));
}

/** A name that no set of the draft has: "New set", "New set 2" … */
export function freeName(names: readonly string[], wanted: string): string {
  if (!names.includes(wanted)) return wanted;
  let number = 2;
  while (names.includes(`${wanted} ${number}`)) number += 1;
  return `${wanted} ${number}`;
}

export function withSet(draft: Draft, at: number, part: Partial<GeneSet>): Draft {
  return {
    ...draft,
    isChanged: true,
    sets: draft.sets.map((set, i) => (i === at ? { ...set, ...part } : set)),
  };
}

export function withNewSet(draft: Draft): Draft {
  const name = freeName(
    draft.sets.map((set) => set.name),
    'New set',
  );
  return { ...draft, isChanged: true, sets: [...draft.sets, { name, description: '', genes: [] }] };
}

export function withoutSet(draft: Draft, at: number): Draft {
  return { ...draft, isChanged: true, sets: draft.sets.filter((_, i) => i !== at) };
}

/** Brings a set back to where it was. */
export function withSetAgain(draft: Draft, at: number, set: GeneSet): Draft {
  return { ...draft, isChanged: true, sets: draft.sets.toSpliced(at, 0, set) };
}

/** Why a set cannot be called so; undefined when it can. */
export function nameProblem(sets: readonly GeneSet[], at: number, name: string): string | undefined {
  if (name.trim() === '') return 'a name';
  if (/[\t\r\n]/u.test(name)) return 'a name without tabs and line breaks';
  if (name.trim().length > 256) return 'a name of at most 256 letters';
  const taken = sets.some((set, i) => i !== at && set.name === name.trim());
  return taken ? 'a name that no other set of this collection has' : undefined;
}

/** Why the draft cannot be saved; undefined when it can. */
export function saveProblem({ name, sets, isChanged }: Draft): string | undefined {
  if (name.trim() === '') return 'Give the collection a name first.';
  if (sets.length === 0) return 'Add a set first.';
  const empty = sets.find(({ genes }) => genes.length === 0);
  if (empty !== undefined) return `The set ${empty.name} has no genes yet.`;
  return isChanged ? undefined : 'Nothing has been changed since it was saved.';
}
