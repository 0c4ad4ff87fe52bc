import { formatValue } from '../panel-picture.ts';
import type { GroupStatistics } from '../selection.ts';

export interface ComparedGene {
  readonly name: string;
  readonly what: string;
  readonly inside: GroupStatistics;
  readonly outside: GroupStatistics;
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(0)} %`);

/** Mean and share of expressing cells inside and outside of the selection. */
export function GeneComparison({ rows }: { readonly rows: readonly ComparedGene[] }) {
  return (
    <table className="spatial-table">
      <thead>
        <tr>
          <th scope="col">Shown</th>
          <th scope="col">Inside</th>
          <th scope="col">Outside</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, what, inside, outside }, i) => (
          <tr key={i}>
            <th scope="row">
              {name}
              <div className="muted small">{what}</div>
            </th>
            <Group {...inside} />
            <Group {...outside} />
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Group({ mean, expressing }: GroupStatistics) {
  return (
    <td className="numeric">
      {formatValue(mean)}
      <div className="muted small">{percent(expressing)} express</div>
    </td>
  );
}
