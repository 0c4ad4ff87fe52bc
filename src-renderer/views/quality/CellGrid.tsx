import type { EvaluationCell } from '../../../src-shared/contract/calls/job.ts';
import { mean } from '../../../src-shared/maths/statistics.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { ProgressBar } from '../../components/feedback.tsx';
import { duration } from '../../lib/words.ts';
import { keyOf } from './use-cells.ts';

interface CellGridProps {
  /** Names of the methods and how they are called. */
  readonly methods: readonly { readonly name: string; readonly title: string }[];
  readonly folds: number;
  readonly seeds: readonly number[];
  readonly cells: ReadonlyMap<string, EvaluationCell>;
}

/** Methods × folds: what is done, with the mean correlation of the genes that were left out, what runs and what waits. */
export function CellGrid({ methods, folds, seeds, cells }: CellGridProps) {
  const rows = methods.flatMap(({ name, title }) =>
    seeds.map((seed, i) => ({ name, seed, title: seeds.length > 1 ? `${title}, repeat ${i + 1}` : title })),
  );
  const folded = Array.from({ length: folds }, (_, fold) => fold);
  return (
    <div className="quality-cells">
      <table className="numeric">
        <caption className="small muted">
          Mean correlation of imputed and measured values over the genes of each part, while that part is left
          out.
        </caption>
        <thead>
          <tr>
            <th scope="col">Method</th>
            {folded.map((fold) => (
              <th key={fold} scope="col">
                Part {fold + 1}
              </th>
            ))}
            <th scope="col">Mean so far</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, seed, title }) => {
            const own = folded.map((fold) => cells.get(keyOf({ method: name, seed, fold })));
            return (
              <tr key={`${name} ${seed}`}>
                <th scope="row">{title}</th>
                {own.map((cell, fold) => (
                  <Cell key={fold} cell={cell} label={`${title}, part ${fold + 1}`} />
                ))}
                <td>{fixed(mean(own.flatMap((cell) => cell?.pcc ?? [])), 3)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell, label }: { readonly cell: EvaluationCell | undefined; readonly label: string }) {
  const state = cell?.state ?? 'waiting';
  return (
    <td className={`quality-cell is-${state}`} title={titleOf(cell)}>
      {state === 'waiting' && <span className="muted small">waits</span>}
      {state === 'running' && <ProgressBar share={cell!.share} label={label} />}
      {state === 'done' && (cell!.pcc === null ? 'done' : fixed(cell!.pcc, 3))}
      {state === 'failed' && 'failed'}
    </td>
  );
}

function titleOf(cell: EvaluationCell | undefined): string | undefined {
  if (cell?.state === 'failed') return cell.message ?? 'Failed without a reason; the log may have one';
  return cell?.seconds == null ? undefined : `took ${duration(cell.seconds)}`;
}
