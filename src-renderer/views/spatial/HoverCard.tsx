import { useEffect, useState } from 'react';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { useEngine } from '../../engine/context.ts';
import { valueInWords } from './panel-picture.ts';
import type { StageSize } from './use-stage-size.ts';
import type { PanelState } from './use-pictures.ts';

interface HoverCardProps {
  readonly cell: number;
  readonly x: number;
  readonly y: number;
  readonly panels: readonly PanelState[];
  readonly stage: StageSize;
}

const REST = 150;

/** The cell under the pointer: its name, and its value in every panel. */
export function HoverCard({ cell, x, y, panels, stage }: HoverCardProps) {
  const name = useCellName(cell);
  const style = {
    ...(x > stage.width - 260 ? { right: stage.width - x + 14 } : { left: x + 14 }),
    ...(y > stage.height - 140 ? { bottom: stage.height - y + 14 } : { top: y + 14 }),
  };
  return (
    <div className="spatial-hover" style={style} aria-hidden="true">
      <div className="muted">{name ?? `Cell ${formatCount(cell + 1)}`}</div>
      {panels.map(({ picture, what }, i) =>
        picture === null ? null : (
          <div key={i} className="spatial-hover-row">
            <span>
              {picture.title} <span className="muted">{what.split(' · ')[0]}</span>
            </span>
            <strong className="numeric">{valueInWords(picture, cell)}</strong>
          </div>
        ),
      )}
    </div>
  );
}

/** Asked for when the pointer rests on a cell. */
function useCellName(cell: number): string | undefined {
  const engine = useEngine();
  const [named, setNamed] = useState<{ readonly cell: number; readonly name: string } | null>(null);
  useEffect(() => {
    let isLive = true;
    const timer = setTimeout(() => {
      engine.call('map:cell-names', { cells: Uint32Array.of(cell) }).then(
        ({ names }) => isLive && setNamed({ cell, name: names[0] ?? '' }),
        () => undefined,
      );
    }, REST);
    return () => {
      isLive = false;
      clearTimeout(timer);
    };
  }, [engine, cell]);
  return named?.cell === cell && named.name !== '' ? named.name : undefined;
}
