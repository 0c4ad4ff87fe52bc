import type { GroupStatistics } from '../selection.ts';

export interface ComparedGene {
  readonly name: string;
  readonly what: string;
  readonly inside: GroupStatistics;
  readonly outside: GroupStatistics;
}

const percent = (share: number): string => (Number.isNaN(share) ? '–' : `${(100 * share).toFixed(0)} %`);

/** Both means with the same decimals, three digits of the larger one. */
function meansOf(means: readonly number[]): string[] {
  const largest = Math.max(...means.map((mean) => (Number.isFinite(mean) ? Math.abs(mean) : 0)));
  const decimals = largest === 0 ? 0 : Math.min(8, Math.max(0, 2 - Math.floor(Math.log10(largest))));
  return means.map((mean) => {
    if (!Number.isFinite(mean)) return '–';
    const text = Math.abs(mean).toFixed(decimals);
    return mean < 0 && Number(text) !== 0 ? `−${text}` : text;
  });
}

/** Means inside and outside of the selection; for what was measured also the share of cells that express it. */
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
            {meansOf([inside.mean, outside.mean]).map((mean, side) => (
              <td key={side} className="numeric">
                {mean}
                {/* Imputed values are continuous: hardly any is 0, so their share would say nothing. */}
                {what === 'measured' && (
                  <div className="muted small">{percent([inside, outside][side]!.expressing)} express</div>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
