import { useMemo, useState } from 'react';
import type { ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { listed } from '../../../../src-shared/plot/format.ts';
import { Button } from '../../../components/Button.tsx';
import { AnalysisMap } from '../AnalysisMap.tsx';
import { useBiology } from '../biology-context.ts';
import { GROUP_COLOURS } from '../map-panels.ts';
import { tableOf, type CategoryVector, type NumberVector } from '../result-parts.ts';
import { FieldFrames } from './FieldFrames.tsx';
import { FieldsCard } from './FieldsCard.tsx';
import { fieldsOf } from './fields.ts';
import { useFields } from './use-fields.ts';

interface ProportionMapsProps {
  readonly result: AnalysisResult;
  readonly id: string;
  readonly parameters: ParametersOf<'neighbours'>;
  readonly proportion: NumberVector;
  readonly group: CategoryVector;
}

/** What the share is called where its types are named already. */
const SHARE = { what: 'share of neighbours', unit: 'share of neighbours' } as const;

/** The share of the chosen types around every cell, its groups, and fields of the tissue. */
export function ProportionMaps({ result, id, parameters, proportion, group }: ProportionMapsProps) {
  const { layout, cells } = useBiology();
  const suggested = useMemo(
    () => fieldsOf(tableOf(result, 'fields'), layout, cells),
    [result, layout, cells],
  );
  const fields = useFields(id, suggested);
  const [isAdding, setAdding] = useState(false);
  const [side, setSide] = useState(
    () => parameters.fields.side ?? suggested[0]?.side ?? usualSide(layout.xy),
  );
  const types = listed(parameters.types);
  const panels = useMemo(
    () => [
      { ...SHARE, vector: { ...proportion, title: types } },
      { vector: { ...group, title: 'Group' }, what: `by share of ${types}`, colours: GROUP_COLOURS },
    ],
    [proportion, group, types],
  );
  return (
    <>
      <AnalysisMap
        title={`${types} among the neighbours`}
        panels={panels}
        overlay={(boxes, camera) => <FieldFrames fields={fields.all} boxes={boxes} camera={camera} />}
        onPlace={
          isAdding
            ? (x, y) => {
                fields.add(x, y, side);
                setAdding(false);
              }
            : undefined
        }
        actions={
          <Button icon="plus" aria-pressed={isAdding} onClick={() => setAdding(!isAdding)}>
            {isAdding ? 'Click on the map' : 'Add a field'}
          </Button>
        }
      />
      <FieldsCard {...{ fields, side, parameters, proportion, group }} onSide={setSide} />
    </>
  );
}

/** A tenth of the width of the tissue. */
function usualSide(xy: Float32Array): number {
  let [low, high] = [Infinity, -Infinity];
  for (let at = 0; at < xy.length; at += 2) {
    if (xy[at]! < low) low = xy[at]!;
    if (xy[at]! > high) high = xy[at]!;
  }
  return high > low ? Number(((high - low) / 10).toPrecision(2)) : 1;
}
