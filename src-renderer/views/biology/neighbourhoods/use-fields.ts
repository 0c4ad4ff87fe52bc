import { useState } from 'react';
import { useEngine } from '../../../engine/context.ts';
import { savedView, saveView } from '../../../lib/save-view.ts';
import { nextName, savedFields, type Field } from './fields.ts';

/** Key under which the project keeps fields that were changed by hand. */
const VIEW = 'fields';

export interface Fields {
  readonly all: readonly Field[];
  readonly isChanged: boolean;
  readonly add: (x: number, y: number, side: number) => void;
  readonly remove: (name: string) => void;
  /** Back to those that the analysis chose. */
  readonly reset: () => void;
}

/** The fields of an analysis, those that it chose until some are added or taken away. */
export function useFields(id: string, suggested: readonly Field[]): Fields {
  const engine = useEngine();
  const [own, setOwn] = useState<readonly Field[] | null>(() => readSaved()[id] ?? null);
  const all = own ?? suggested;
  const set = (fields: readonly Field[] | null) => {
    setOwn(fields);
    const others = Object.entries(readSaved()).filter(([analysis]) => analysis !== id);
    saveView(engine, VIEW, Object.fromEntries(fields === null ? others : [...others, [id, fields]]));
  };
  return {
    all,
    isChanged: own !== null,
    add: (x, y, side) => set([...all, { name: nextName(all), x, y, side, byHand: true }]),
    remove: (name) => set(all.filter((field) => field.name !== name)),
    reset: () => set(null),
  };
}

function readSaved(): Readonly<Record<string, Field[]>> {
  const saved = savedFields.safeParse(savedView(VIEW));
  return saved.success ? saved.data : {};
}
