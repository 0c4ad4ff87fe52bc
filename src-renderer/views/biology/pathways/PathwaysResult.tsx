import { useCallback, useMemo, useState } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { Segmented } from '../../../components/fields.tsx';
import { Note } from '../../../components/feedback.tsx';
import { useApp } from '../../../store/store.ts';
import { ResultTable } from '../ResultTable.tsx';
import { enrichmentFigure, termGenes } from './enrichment-figure.ts';
import { EnrichmentFigure } from './EnrichmentFigure.tsx';
import { TermPanel } from './TermPanel.tsx';
import { termColumns, termTables, type TermTable as TermTableOf } from './term-tables.ts';

interface PathwaysResultProps {
  readonly result: AnalysisResult;
  readonly maximumQ: number;
}

/** The figure, the genes of the term that was chosen, and the tables behind. */
export function PathwaysResult({ result, maximumQ }: PathwaysResultProps) {
  const goTo = useApp((state) => state.goTo);
  const [term, setTerm] = useState<string | null>(null);
  const figure = useMemo(() => enrichmentFigure(result), [result]);
  const genes = useMemo(() => termGenes(result), [result]);
  const onGene = useCallback((gene: string) => goTo('map', { gene }), [goTo]);
  return (
    <>
      {figure === undefined ? (
        <Note kind="info" title="There is no figure to draw">
          No term has a gene beyond the thresholds. Lower |r|, raise q, or add gene sets at the left.
        </Note>
      ) : (
        <EnrichmentFigure
          figure={figure}
          genes={genes}
          maximumQ={maximumQ}
          chosen={term}
          onChoose={setTerm}
        />
      )}
      {term !== null && (
        <TermPanel term={term} genes={genes} result={result} onGene={onGene} onClose={() => setTerm(null)} />
      )}
      <Tables result={result} term={term} onTerm={setTerm} />
    </>
  );
}

interface TablesProps {
  readonly result: AnalysisResult;
  readonly term: string | null;
  readonly onTerm: (term: string) => void;
}

function Tables({ result, term, onTerm }: TablesProps) {
  const tables = useMemo(() => termTables(result), [result]);
  const [isRanked, setRanked] = useState(false);
  const [chosen, setChosen] = useState('imputed_all');
  const own = tables.filter((table) => table.isRanked === isRanked);
  const table = own.find(({ name }) => name.endsWith(chosen)) ?? own[0] ?? tables[0];
  if (table === undefined) return null;
  return (
    <>
      <div className="pathways-tables">
        {tables.some((each) => each.isRanked) && (
          <Segmented
            label="Test"
            value={isRanked ? 'ranked' : 'over'}
            options={[
              { value: 'over', label: 'Over-representation' },
              { value: 'ranked', label: 'Ranked enrichment' },
            ]}
            onChange={(test) => setRanked(test === 'ranked')}
          />
        )}
        <Segmented
          label="Values and genes"
          value={table.name}
          options={own.map(({ name, title }) => ({ value: name, label: title }))}
          onChange={(name) => setChosen(name.replace(/^ranked_/u, ''))}
        />
        <p className="muted small">{table.about}</p>
      </div>
      <TermTable key={table.name} result={result} table={table} term={term} onTerm={onTerm} />
    </>
  );
}

function TermTable({ result, table, term, onTerm }: TablesProps & { readonly table: TermTableOf }) {
  const columns = useMemo(() => termColumns(result, table), [result, table]);
  return (
    <ResultTable
      title={`${table.isRanked ? 'Ranked enrichment' : 'Over-representation'}, ${table.title.toLowerCase()}`}
      of="term"
      columns={columns}
      sort={{ column: 'q', descending: false }}
      action="Show its genes"
      chosen={term}
      onChoose={onTerm}
    />
  );
}
