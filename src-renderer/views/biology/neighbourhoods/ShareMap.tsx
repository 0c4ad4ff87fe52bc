import { useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { Select } from '../../../components/fields.tsx';
import { AnalysisMap } from '../AnalysisMap.tsx';
import { columnOf, embeddingOf } from '../result-parts.ts';

/** The share of one type among the neighbours of every cell, where none was chosen beforehand. */
export function ShareMap({ result }: { readonly result: AnalysisResult }) {
  const composition = embeddingOf(result, 'neighbour_composition');
  const [chosen, setChosen] = useState<string | null>(null);
  const type = chosen ?? composition?.columns[0];
  const panels = useMemo(() => {
    if (composition === undefined || type === undefined) return [];
    const values = columnOf(composition, type);
    return [
      {
        vector: { name: 'share', title: type, kind: 'number' as const, values },
        what: 'share of neighbours',
        unit: 'share of neighbours',
      },
    ];
  }, [composition, type]);
  if (composition === undefined || type === undefined) return null;
  return (
    <AnalysisMap
      title="Share among the neighbours"
      panels={panels}
      actions={
        <Select
          label="Type"
          hideLabel
          value={type}
          options={composition.columns.map((name) => ({ value: name, label: name }))}
          onChange={setChosen}
        />
      }
    />
  );
}
