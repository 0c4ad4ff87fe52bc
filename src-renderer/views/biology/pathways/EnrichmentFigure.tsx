import { useMemo, useState } from 'react';
import { fixed } from '../../../../src-shared/plot/format.ts';
import { ChartFrame } from '../../../components/charts/ChartFrame.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { GENE_TABLE_WORDS } from '../genes/tables.ts';
import {
  panelSentence,
  type EnrichmentFigureData,
  type FigurePanel,
  type TermGenes,
} from './enrichment-figure.ts';
import { termWords } from './term-words.ts';
import { EnrichmentPanel } from './EnrichmentPanel.tsx';
import '../plots.css';
import './pathways.css';

interface EnrichmentFigureProps {
  readonly figure: EnrichmentFigureData;
  readonly genes: TermGenes;
  /** Largest adjusted p that counts. */
  readonly maximumQ: number;
  readonly chosen: string | null;
  readonly onChoose: (term: string) => void;
}

const HEIGHT = 460;
const MOST_GENES = 12;

/** What imputation adds and what it loses: adjusted p of terms from imputed values against those from measured ones. */
export function EnrichmentFigure({ figure, genes, maximumQ, chosen, onChoose }: EnrichmentFigureProps) {
  const [hovered, setHovered] = useState<string | null>(null);
  const threshold = Math.abs(Math.log10(maximumQ));
  const colours = useMemo(
    () => new Map(figure.categories.map(({ name, colour }) => [name, colour])),
    [figure],
  );
  const words = figure.panels.map(
    (panel) => `${GENE_TABLE_WORDS[panel.name].title} against raw: ${panelSentence(panel, threshold)}`,
  );
  return (
    <ChartFrame
      title="Pathways, imputed against raw"
      about="Each dot is a pathway among the strongest of the three ways. On the solid diagonal both say the same; dashed lines are where significance begins. Click a dot for its genes."
      height={HEIGHT}
      legend={figure.categories.map(({ name, colour, terms }) => ({
        id: name,
        label: name,
        colour,
        value: String(terms),
      }))}
      note={hovered === null ? NOTE : hoverWords(hovered, figure, genes)}
      summary={`${words.join('. ')}.`}
      csv={() =>
        csvOf(
          ['panel', 'term', 'category', 'raw_minus_log10_q', 'imputed_minus_log10_q'],
          figure.panels.flatMap(({ name, points }) =>
            points.map(({ term, category, raw, imputed }) => [name, term, category, raw, imputed]),
          ),
        )
      }
    >
      {(width) => (
        <svg className="plot" width={width} height={HEIGHT} aria-hidden="true">
          {figure.panels.map((panel, i) => (
            <EnrichmentPanel
              key={panel.name}
              panel={panel}
              title={at(panel)}
              about={panelSentence(panel, threshold)}
              yTitle={panel.name === 'imputed_all' ? 'Imputed (all genes)' : 'Imputed (measured genes)'}
              box={boxOf(i, figure.panels.length, width)}
              limit={figure.limit}
              threshold={threshold}
              {...{ colours, hovered, chosen, onChoose }}
              onHover={setHovered}
            />
          ))}
        </svg>
      )}
    </ChartFrame>
  );
}

const NOTE =
  'Rings on an axis: too few genes of the pathway in that background to be tested. Point at a dot for its genes.';

function boxOf(at: number, count: number, width: number) {
  const own = Math.max(160, (width - 8) / count);
  return { left: at * own + 60, right: (at + 1) * own - 16, top: 48, bottom: HEIGHT - 52 };
}

const at = ({ name }: FigurePanel) =>
  name === 'imputed_all' ? 'Imputed, all genes' : 'Imputed, measured genes';

/** The term under the pointer: its numbers, and the genes behind it where it is strongest. */
function hoverWords(term: string, figure: EnrichmentFigureData, genes: TermGenes): string {
  const numbers = figure.panels.flatMap(({ name, points }) => {
    const point = points.find((each) => each.term === term);
    return point === undefined ? [] : [[name, point] as const];
  });
  const value = (p: number | null | undefined) => (p == null ? 'not tested' : fixed(p, 2));
  const behind = genes.imputed_all.get(term) ?? genes.imputed_measured.get(term) ?? [];
  const more = behind.length > MOST_GENES ? ` and ${behind.length - MOST_GENES} more` : '';
  const list = behind.length === 0 ? '' : ` · ${behind.slice(0, MOST_GENES).join(', ')}${more}`;
  const [raw, all, measured] = [
    numbers[0]?.[1].raw,
    numbers.find(([name]) => name === 'imputed_all')?.[1].imputed,
    numbers.find(([name]) => name === 'imputed_measured')?.[1].imputed,
  ];
  return `${termWords(term, numbers[0]?.[1].category)}: raw ${value(raw)}, imputed ${value(all)}, imputed measured genes ${value(measured)}${list}`;
}
