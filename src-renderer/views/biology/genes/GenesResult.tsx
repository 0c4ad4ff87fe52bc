import { useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { Button } from '../../../components/Button.tsx';
import { Segmented } from '../../../components/fields.tsx';
import { whole } from '../../../lib/words.ts';
import { useApp } from '../../../store/store.ts';
import { AnalysisMap } from '../AnalysisMap.tsx';
import { wantPathwaysOf } from '../pathways/wanted-genes.ts';
import { numbersOf, tableOf } from '../result-parts.ts';
import { ResultTable } from '../ResultTable.tsx';
import type { AnalysisOf } from '../use-analyses.ts';
import { NumberInput } from '../NumberInput.tsx';
import { geneColumns } from './gene-columns.ts';
import { GENE_TABLES, GENE_TABLE_WORDS, type GeneTableName } from './tables.ts';
import type { Thresholds } from './volcano.ts';
import { VolcanoChart } from './VolcanoChart.tsx';
import './genes.css';

interface GenesResultProps {
  readonly result: AnalysisResult;
  readonly analysis: AnalysisOf<'genes'>;
}

/** Genes that go with the neighbourhood: by measured values, by imputed ones of the same genes, and of all. */
export function GenesResult({ result, analysis }: GenesResultProps) {
  const goTo = useApp((state) => state.goTo);
  const onGene = useCallback((gene: string) => goTo('map', { gene }), [goTo]);
  const tables = GENE_TABLES.filter((name) => tableOf(result, name) !== undefined);
  const [chosen, setChosen] = useState<GeneTableName>('imputed_all');
  const [thresholds, setThresholds] = useState<Thresholds>({ r: 0.1, q: 0.05 });
  const name = tables.includes(chosen) ? chosen : (tables[0] ?? chosen);
  const table = tableOf(result, name);
  const { title, about } = GENE_TABLE_WORDS[name];
  return (
    <>
      <div className="genes-controls">
        <Segmented
          label="Values and genes"
          value={name}
          options={tables.map((value) => ({ value, label: GENE_TABLE_WORDS[value].title }))}
          onChange={setChosen}
        />
        <p className="muted small">{about}.</p>
        <Button onClick={() => wantPathwaysOf(analysis.id)}>Find pathways of these genes</Button>
      </div>
      <div className="biology-figures">
        <div className="biology-stack">
          <VolcanoChart
            title={`Genes and neighbours, ${title.toLowerCase()}`}
            table={table}
            thresholds={thresholds}
            onGene={onGene}
          />
          <ThresholdFields value={thresholds} onChange={setThresholds} />
        </div>
        <ProportionMap result={result} />
      </div>
      <PermutationWords permutations={analysis.parameters.permutations} />
      <GeneTable key={name} result={result} name={name} onGene={onGene} />
    </>
  );
}

interface GeneTableProps {
  readonly result: AnalysisResult;
  readonly name: GeneTableName;
  readonly onGene: (gene: string) => void;
}

function GeneTable({ result, name, onGene }: GeneTableProps) {
  const columns = useMemo(() => geneColumns(result, name), [result, name]);
  return (
    <ResultTable
      title={`Genes, ${GENE_TABLE_WORDS[name].title.toLowerCase()}`}
      of="gene"
      columns={columns}
      sort={{ column: 'q', descending: false }}
      action="Show on the map"
      onChoose={onGene}
    />
  );
}

interface ThresholdFieldsProps {
  readonly value: Thresholds;
  readonly onChange: (value: Thresholds) => void;
}

function ThresholdFields({ value, onChange }: ThresholdFieldsProps) {
  return (
    <div className="biology-form-pair genes-thresholds">
      <NumberInput
        label="|r| of at least"
        value={value.r}
        minimum={0}
        maximum={1}
        onChange={(r) => onChange({ ...value, r })}
      />
      <NumberInput
        label="q below"
        value={value.q}
        minimum={1e-12}
        maximum={1}
        onChange={(q) => onChange({ ...value, q })}
      />
    </div>
  );
}

function ProportionMap({ result }: { readonly result: AnalysisResult }) {
  const panels = useMemo(() => {
    const vector = numbersOf(result, 'neighbour_proportion');
    return vector === undefined ? [] : [{ vector, what: 'among the neighbours' }];
  }, [result]);
  if (panels.length === 0) return null;
  return <AnalysisMap title="Neighbours" panels={panels} height={400} />;
}

function PermutationWords({ permutations }: { readonly permutations: number }) {
  return (
    <p className="muted genes-words">
      Neighbouring cells resemble each other, so an ordinary test would call far too many genes significant.
      Here each correlation is held against {whole(permutations)} copies of the neighbour share that were
      shifted across the tissue: they keep its patches and lose only their place.
    </p>
  );
}
