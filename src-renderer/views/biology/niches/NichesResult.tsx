import { useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { Note } from '../../../components/feedback.tsx';
import { AnalysisMap } from '../AnalysisMap.tsx';
import { useBiology } from '../biology-context.ts';
import { CategoryTable } from '../CategoryTable.tsx';
import { FocusLine } from '../FocusLine.tsx';
import { categoriesOf, countsOf, tableOf, textsIn, type CategoryVector } from '../result-parts.ts';
import { CompositionChart } from './CompositionChart.tsx';
import { SilhouetteChart } from './SilhouetteChart.tsx';

interface NichesResultProps {
  readonly result: AnalysisResult;
  readonly busy: boolean;
  readonly onRename: (names: readonly string[]) => void;
  /** Finds niches again, so many. */
  readonly onUse: (niches: number) => void;
}

/** Niches on the tissue, what they are made of, and how well so many of them fit. */
export function NichesResult({ result, busy, onRename, onUse }: NichesResultProps) {
  const { readOnly } = useBiology();
  const [focus, setFocus] = useState<number | null>(null);
  const vector = categoriesOf(result, 'niche');
  const panels = useMemo(() => (vector ? [{ vector, what: 'of each cell' }] : []), [vector]);
  const highlight = useCallback((code: number | null) => setFocus(code), []);
  if (vector === undefined) return <Note kind="error">This result holds no niches; find them anew.</Note>;
  return (
    <>
      <FocusLine
        vector={vector}
        focus={focus}
        hint="Click a niche in a legend or in the heat map to see it alone."
        onClear={() => setFocus(null)}
      />
      <div className="biology-figures is-wide-first">
        <AnalysisMap title="Niches on the tissue" panels={panels} focus={focus} onFocus={highlight} />
        <CompositionChart result={result} focus={focus} onFocus={highlight} />
      </div>
      <div className="biology-figures">
        <CategoryTable
          title="Niches"
          of="niche"
          rows={rowsOf(result, vector)}
          focus={focus}
          onFocus={highlight}
          onRename={
            readOnly === null
              ? (code, name) => onRename(vector.names.map((each, i) => (i === code ? name : each)))
              : undefined
          }
        />
        <SilhouetteChart
          result={result}
          used={vector.names.length}
          blocked={readOnly ?? undefined}
          busy={busy}
          onUse={onUse}
        />
      </div>
    </>
  );
}

/** A row a niche, in the order of the codes. */
function rowsOf(result: AnalysisResult, vector: CategoryVector) {
  const counts = countsOf(vector);
  const labelled = counts.reduce((sum, count) => sum + count, 0);
  const table = tableOf(result, 'niches');
  const names = textsIn(table, 'niche');
  const suggested = textsIn(table, 'suggested');
  return vector.names.map((name, code) => ({
    name,
    cells: counts[code]!,
    share: counts[code]! / Math.max(1, labelled),
    suggested: suggested[names.indexOf(name)],
  }));
}
