import { useEffect, useState } from 'react';
import type { EvaluationCell } from '../../../src-shared/contract/calls/job.ts';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';

export interface Cells {
  readonly cells: ReadonlyMap<string, EvaluationCell>;
  readonly error: string | null;
}

export const keyOf = ({ method, seed, fold }: Pick<EvaluationCell, 'method' | 'seed' | 'fold'>) =>
  `${method} ${seed} ${fold}`;

const NONE: Cells = { cells: new Map(), error: null };

/** Methods × folds of an evaluation, followed as they fill in. For one evaluation in the life of a component. */
export function useCells(id: string): Cells {
  const engine = useEngine();
  const [state, setState] = useState<Cells>(NONE);
  useEffect(() => {
    let live = true;
    const merge = (news: readonly EvaluationCell[]) =>
      setState(({ cells }) => ({
        cells: new Map([...cells, ...news.map((cell) => [keyOf(cell), cell] as const)]),
        error: null,
      }));
    // What was pushed while the engine was asked is newer than its answer, or the same.
    let pushed: EvaluationCell[] = [];
    const ask = () => {
      pushed = [];
      engine.call('evaluation:cells', { id }).then(
        ({ cells }) => live && merge([...cells, ...pushed]),
        (error: unknown) => live && setState((before) => ({ ...before, error: messageOf(error) })),
      );
    };
    const ends = [
      engine.on('evaluation:cells', (event) => {
        if (event.id !== id) return;
        pushed = [...pushed.slice(-500), ...event.cells];
        merge(event.cells);
      }),
      engine.onResync(ask),
    ];
    ask();
    return () => {
      live = false;
      ends.forEach((end) => end());
    };
  }, [engine, id]);
  return state;
}
