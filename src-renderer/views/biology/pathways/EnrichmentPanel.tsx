import { formatTick } from '../../../../src-shared/plot/format.ts';
import { placedLabels } from '../../../../src-shared/plot/place-labels.ts';
import { linearScale, type Scale } from '../../../../src-shared/plot/scale.ts';
import { fitted, textWidth } from '../../../../src-shared/plot/svg.ts';
import { LABEL_HEIGHT, LABEL_SIZE, PlotLabel } from '../PlotLabel.tsx';
import { telling, type FigurePanel, type FigurePoint } from './enrichment-figure.ts';
import { termWords } from './term-words.ts';

export interface PanelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

interface EnrichmentPanelProps {
  readonly panel: FigurePanel;
  readonly title: string;
  /** What the panel says, in a sentence. */
  readonly about: string;
  readonly yTitle: string;
  readonly box: PanelBox;
  readonly limit: number;
  /** −log₁₀ of the largest adjusted p that counts. */
  readonly threshold: number;
  readonly colours: ReadonlyMap<string, string>;
  readonly hovered: string | null;
  readonly chosen: string | null;
  readonly onHover: (term: string | null) => void;
  readonly onChoose: (term: string) => void;
}

const RADIUS = 4.5;
const MOST_NAMES = 10;
const NAME_WIDTH = 168;

/** Imputed against measured, one dot a term. What could not be tested on an axis lies on it, as a ring. */
export function EnrichmentPanel(props: EnrichmentPanelProps) {
  const { panel, box, limit, threshold, hovered, chosen, colours } = props;
  const across = linearScale([0, limit], [box.left, box.right]);
  const up = linearScale([0, limit], [box.bottom, box.top]);
  const placeOf = ({ raw, imputed }: FigurePoint) => [across.at(raw ?? 0), up.at(imputed ?? 0)] as const;
  // What is pointed at is drawn last, so that it lies on top.
  const points = [...panel.points].sort((a, b) => Number(a.term === hovered) - Number(b.term === hovered));
  return (
    <g>
      <PanelAxes {...props} across={across} up={up} />
      {points.map((point) => {
        const [x, y] = placeOf(point);
        const colour = colours.get(point.category) ?? 'var(--muted)';
        const isTested = point.raw !== null && point.imputed !== null;
        const isMarked = point.term === hovered || point.term === chosen;
        return (
          <g
            key={point.term}
            className="enrichment-dot"
            onPointerEnter={() => props.onHover(point.term)}
            onPointerLeave={() => props.onHover(null)}
            onClick={() => props.onChoose(point.term)}
          >
            <circle cx={x} cy={y} r={10} fill="transparent" />
            {isMarked && <circle className="plot-ring" cx={x} cy={y} r={RADIUS + 3} />}
            <circle
              cx={x}
              cy={y}
              r={RADIUS}
              fill={isTested ? colour : 'var(--surface)'}
              stroke={isTested ? 'var(--surface)' : colour}
              strokeWidth={isTested ? 0.75 : 1.5}
            />
          </g>
        );
      })}
      <Names {...props} placeOf={placeOf} threshold={threshold} />
    </g>
  );
}

interface NamesProps extends EnrichmentPanelProps {
  readonly placeOf: (point: FigurePoint) => readonly [number, number];
}

function Names({ panel, box, threshold, placeOf }: NamesProps) {
  const named = telling(panel.points, threshold, MOST_NAMES);
  const names = named.map(({ term, category }) => fitted(termWords(term, category), NAME_WIDTH, LABEL_SIZE));
  const labels = placedLabels(
    named.map((point, i) => {
      const [x, y] = placeOf(point);
      return { x, y, width: textWidth(names[i]!, LABEL_SIZE), height: LABEL_HEIGHT };
    }),
    Float64Array.from(panel.points.flatMap((point) => placeOf(point))),
    RADIUS,
    box,
  );
  return labels.map(({ point, left, top, isFar }) => (
    <PlotLabel
      key={named[point]!.term}
      words={names[point]!}
      left={left}
      top={top}
      from={isFar ? placeOf(named[point]!) : null}
    />
  ));
}

interface PanelAxesProps extends EnrichmentPanelProps {
  readonly across: Scale;
  readonly up: Scale;
}

function PanelAxes({ box, title, about, yTitle, across, up, threshold, limit }: PanelAxesProps) {
  const { left, right, top, bottom } = box;
  const [middleX, middleY] = [(left + right) / 2, (top + bottom) / 2];
  return (
    <>
      <text className="plot-title enrichment-title" x={left} y={top - 28}>
        {title}
      </text>
      <text className="plot-tick" x={left} y={top - 12}>
        {about}
      </text>
      {up.ticks.map((tick) => (
        <g key={tick}>
          <line className="plot-grid" x1={left} x2={right} y1={up.at(tick)} y2={up.at(tick)} />
          <line className="plot-grid" x1={across.at(tick)} x2={across.at(tick)} y1={top} y2={bottom} />
          <text className="plot-tick" x={left - 8} y={up.at(tick) + 4} textAnchor="end">
            {formatTick(tick)}
          </text>
          <text className="plot-tick" x={across.at(tick)} y={bottom + 18} textAnchor="middle">
            {formatTick(tick)}
          </text>
        </g>
      ))}
      <line className="plot-axis" x1={left} x2={right} y1={bottom} y2={bottom} />
      <line className="plot-axis" x1={left} x2={left} y1={top} y2={bottom} />
      <line className="plot-axis" x1={left} x2={right} y1={bottom} y2={top} />
      {threshold < limit && (
        <>
          <line className="plot-limit" x1={left} x2={right} y1={up.at(threshold)} y2={up.at(threshold)} />
          <line
            className="plot-limit"
            x1={across.at(threshold)}
            x2={across.at(threshold)}
            y1={top}
            y2={bottom}
          />
        </>
      )}
      <text className="plot-title" x={middleX} y={bottom + 38} textAnchor="middle">
        Raw, −log₁₀ adjusted p
      </text>
      <text
        className="plot-title"
        x={left - 38}
        y={middleY}
        textAnchor="middle"
        transform={`rotate(-90 ${left - 38} ${middleY})`}
      >
        {yTitle}, −log₁₀ adjusted p
      </text>
    </>
  );
}
