import type { ParametersOf } from '../../../../src-shared/domain/analysis.ts';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { categoriesOf, numbersOf } from '../result-parts.ts';
import { EnrichmentChart } from './EnrichmentChart.tsx';
import { GroupsChart } from './GroupsChart.tsx';
import { ProportionMaps } from './ProportionMaps.tsx';
import { ShareMap } from './ShareMap.tsx';

interface NeighboursResultProps {
  readonly result: AnalysisResult;
  /** The analysis that it is of. */
  readonly id: string;
  readonly parameters: ParametersOf<'neighbours'>;
}

/** Which types lie beside each other; where those that were chosen are many, and fields to look at closely. */
export function NeighboursResult({ result, id, parameters }: NeighboursResultProps) {
  const proportion = numbersOf(result, 'neighbour_proportion');
  const group = categoriesOf(result, 'neighbour_group');
  return (
    <>
      {proportion && group && <ProportionMaps key={id} {...{ result, id, parameters, proportion, group }} />}
      <div className="biology-figures">
        <EnrichmentChart result={result} />
        {group ? <GroupsChart group={group} types={parameters.types} /> : <ShareMap result={result} />}
      </div>
    </>
  );
}
