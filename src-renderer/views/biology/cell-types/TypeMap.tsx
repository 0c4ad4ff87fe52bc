import { useCallback, useMemo, useState, type ReactNode } from 'react';
import { AnalysisMap } from '../AnalysisMap.tsx';
import { CategoryTable } from '../CategoryTable.tsx';
import { FocusLine } from '../FocusLine.tsx';
import { countsOf, type CategoryVector } from '../result-parts.ts';

interface TypeMapProps {
  readonly vector: CategoryVector;
  /** Where the types are from, in a word or two. */
  readonly what: string;
  /** Absent where names cannot be changed. */
  readonly onRename?: ((names: readonly string[]) => void) | undefined;
  readonly actions?: ReactNode;
  readonly children?: ReactNode;
}

/** Cells by type on the tissue, with a table of the types. */
export function TypeMap({ vector, what, onRename, actions, children }: TypeMapProps) {
  const [focus, setFocus] = useState<number | null>(null);
  const highlight = useCallback((code: number | null) => setFocus(code), []);
  const panels = useMemo(() => [{ vector, what }], [vector, what]);
  const counts = countsOf(vector);
  const all = counts.reduce((sum, count) => sum + count, 0);
  return (
    <>
      <FocusLine
        vector={vector}
        focus={focus}
        hint="Click a type in the legend to see it alone."
        onClear={() => setFocus(null)}
      />
      <div className="biology-figures is-wide-first">
        <AnalysisMap
          title="Cell types on the tissue"
          panels={panels}
          focus={focus}
          onFocus={highlight}
          actions={actions}
        />
        <div className="biology-stack">
          <CategoryTable
            title="Types"
            of="type"
            rows={vector.names.map((name, code) => ({
              name,
              cells: counts[code]!,
              share: counts[code]! / Math.max(1, all),
            }))}
            focus={focus}
            onFocus={highlight}
            onRename={
              onRename &&
              ((code, name) => onRename(vector.names.map((each, i) => (i === code ? name : each))))
            }
          />
          {children}
        </div>
      </div>
    </>
  );
}
