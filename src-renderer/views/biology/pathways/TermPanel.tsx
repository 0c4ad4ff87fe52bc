import { useEffect, useRef } from 'react';
import type { AnalysisResult } from '../../../../src-shared/domain/analysis-result.ts';
import { IconButton } from '../../../components/Button.tsx';
import { counted } from '../../../lib/words.ts';
import { formatSmall, GENE_TABLE_WORDS, GENE_TABLES, type GeneTableName } from '../genes/tables.ts';
import { numbersIn, tableOf, textsIn } from '../result-parts.ts';
import type { TermGenes } from './enrichment-figure.ts';
import { termWords } from './term-words.ts';

interface TermPanelProps {
  readonly term: string;
  readonly genes: TermGenes;
  readonly result: AnalysisResult;
  readonly onGene: (gene: string) => void;
  readonly onClose: () => void;
}

/** Genes behind one term, in each of the three ways; every one leads to the map. */
export function TermPanel({ term, genes, result, onGene, onClose }: TermPanelProps) {
  const root = useRef<HTMLElement>(null);
  useEffect(() => {
    root.current?.scrollIntoView({ block: 'nearest' });
  }, [term]);
  const raw = new Set(genes.raw.get(term));
  return (
    <section ref={root} className="card pathways-term" aria-label={`Genes of ${term}`}>
      <header>
        <h2>{termWords(term, term.split('_')[0])}</h2>
        <span className="muted small mono">{term}</span>
        <IconButton icon="close" label="Close the genes of this term" onClick={onClose} />
      </header>
      <div className="pathways-term-ways">
        {GENE_TABLES.map((name) => {
          const own = genes[name].get(term);
          return (
            <div key={name}>
              <h3>{GENE_TABLE_WORDS[name].title}</h3>
              <p className="muted small numeric">{aboutOf(result, name, term, own?.length)}</p>
              <ul className="gene-chips" aria-label={`${GENE_TABLE_WORDS[name].title}: genes behind`}>
                {own?.map((gene) => (
                  <li key={gene}>
                    <button
                      type="button"
                      className={name !== 'raw' && !raw.has(gene) ? 'is-new' : undefined}
                      title="Show on the map"
                      onClick={() => onGene(gene)}
                    >
                      {gene}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          );
        })}
      </div>
      <p className="muted small">Genes in bold are not behind the term in the raw values.</p>
    </section>
  );
}

function aboutOf(
  result: AnalysisResult,
  name: GeneTableName,
  term: string,
  genes: number | undefined,
): string {
  if (genes === undefined) return 'Not tested: too few of its genes are in this background';
  const table = tableOf(result, name);
  const at = textsIn(table, 'term').indexOf(term);
  const size = numbersIn(table, 'size')[at] ?? NaN;
  const q = numbersIn(table, 'q')[at] ?? NaN;
  const of = Number.isFinite(size) ? ` of ${size}` : '';
  return `${counted(genes, 'gene')}${of}${Number.isFinite(q) ? `, adjusted p ${formatSmall(q)}` : ''}`;
}
