import { useMemo } from 'react';
import type { LabelSource } from '../../../src-shared/domain/analysis.ts';
import { useCall } from '../../engine/use-call.ts';
import type { CategoryVector } from './result-parts.ts';
import { useResult } from './use-analyses.ts';

/** The labels of the cells that a source means; null until they are there, or where they are none. */
export function useLabelVector(source: LabelSource | null, title = 'Cell type'): CategoryVector | null {
  const column = source !== null && 'column' in source ? source.column : null;
  const analysis = source !== null && 'analysis' in source ? source.analysis : null;
  const answer = useCall('map:column', column === null ? null : { name: column });
  const { result } = useResult(analysis);
  return useMemo(() => {
    if (analysis !== null) {
      return result?.vectors.find((each): each is CategoryVector => each.kind === 'category') ?? null;
    }
    if (answer.value?.kind !== 'category' || column === null) return null;
    return { ...answer.value, name: column, title };
  }, [analysis, result, answer.value, column, title]);
}
