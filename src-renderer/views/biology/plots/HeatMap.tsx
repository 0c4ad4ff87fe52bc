import { memo } from 'react';
import type { ColourMapName } from '../../../../src-shared/plot/colour-maps.ts';
import { fitted } from '../../../../src-shared/plot/svg.ts';
import { cellAt, heatColour, heatPlane, inkOn, isSlanted, labelRoom, type HeatPlane } from './heat-map.ts';
import { HeatScale } from './HeatScale.tsx';
import './plots.css';

export interface HeatCell {
  readonly row: number;
  readonly column: number;
}

interface HeatMapProps {
  readonly width: number;
  readonly height: number;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** rows × columns, row-major. */
  readonly values: Float32Array;
  readonly map: ColourMapName;
  readonly limits: readonly [number, number];
  /** What the colours mean, with the unit. */
  readonly meaning: string;
  /** How a value is written. */
  readonly show: (value: number) => string;
  readonly chosen?: number | null;
  readonly onHover: (cell: HeatCell | null) => void;
  readonly onRow?: ((row: number) => void) | undefined;
}

/** Numbers are written into cells that have room for them. */
const ROOMY = { width: 34, height: 16 };

/** Rows × columns as colours, with their scale below. */
export const HeatMap = memo(function HeatMap(props: HeatMapProps) {
  const { width, height, rows, columns, chosen = null, onHover, onRow } = props;
  const plane = heatPlane(rows, columns, width);
  const at = (event: { clientX: number; clientY: number; currentTarget: SVGSVGElement }) => {
    const { left, top } = event.currentTarget.getBoundingClientRect();
    return cellAt(plane, event.clientX - left, event.clientY - top);
  };
  return (
    <svg
      width={width}
      height={height}
      className={onRow ? 'heat is-clickable' : 'heat'}
      onPointerMove={(event) => onHover(at(event) ?? null)}
      onPointerLeave={() => onHover(null)}
      onClick={(event) => {
        const cell = at(event);
        if (cell !== undefined) onRow?.(cell.row);
      }}
    >
      <Names {...props} plane={plane} />
      <Cells {...props} plane={plane} />
      {chosen !== null && chosen >= 0 && (
        <rect
          className="heat-chosen"
          x={plane.left - 1}
          y={plane.top + chosen * plane.cellHeight}
          width={plane.width + 2}
          height={plane.cellHeight}
          fill="none"
          stroke="var(--text)"
          strokeWidth={2}
        />
      )}
      <HeatScale {...props} left={plane.left} />
    </svg>
  );
});

type PartProps = HeatMapProps & { readonly plane: HeatPlane };

function Names({ rows, columns, plane, chosen = null }: PartProps) {
  const { left, top, cellWidth, cellHeight } = plane;
  const roomy = labelRoom(rows) - 8;
  const dense = Math.ceil(13 / Math.min(cellHeight, 13));
  const sparse = Math.ceil(12 / cellWidth);
  return (
    <>
      {rows.map((name, row) =>
        row % dense === 0 ? (
          <text
            key={row}
            x={left - 6}
            y={top + (row + 0.5) * cellHeight + 4}
            textAnchor="end"
            fontSize={11}
            fontWeight={row === chosen ? 600 : 400}
            fill="var(--text)"
          >
            {fitted(name, roomy, 11)}
            <title>{name}</title>
          </text>
        ) : null,
      )}
      {columns.map((name, column) => {
        if (column % sparse !== 0) return null;
        const isLeaning = isSlanted(columns);
        const x = left + (column + 0.5) * cellWidth + (isLeaning ? 0 : 4);
        return (
          <text
            key={column}
            x={x}
            y={top - 6}
            transform={`rotate(${isLeaning ? -45 : -90} ${x} ${top - 6})`}
            fontSize={11}
            fill="var(--text)"
          >
            {fitted(name, 132, 11)}
            <title>{name}</title>
          </text>
        );
      })}
    </>
  );
}

function Cells({ rows, columns, values, map, limits, show, plane }: PartProps) {
  const { left, top, cellWidth, cellHeight } = plane;
  const isRoomy = cellWidth >= ROOMY.width && cellHeight >= ROOMY.height;
  return (
    <>
      {rows.flatMap((_, row) =>
        columns.map((__, column) => {
          const value = values[row * columns.length + column]!;
          const fill = heatColour(map, limits, value);
          const [x, y] = [left + column * cellWidth, top + row * cellHeight];
          return (
            <g key={`${row} ${column}`}>
              <rect
                x={x}
                y={y}
                width={cellWidth}
                height={cellHeight}
                fill={fill}
                shapeRendering="crispEdges"
              />
              {isRoomy && Number.isFinite(value) && (
                <text
                  x={x + cellWidth / 2}
                  y={y + cellHeight / 2 + 4}
                  textAnchor="middle"
                  fontSize={10.5}
                  fill={inkOn(fill)}
                >
                  {show(value)}
                </text>
              )}
            </g>
          );
        }),
      )}
    </>
  );
}
