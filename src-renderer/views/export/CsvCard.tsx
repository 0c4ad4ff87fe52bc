import { useState } from 'react';
import { Button } from '../../components/Button.tsx';
import { Field, Segmented } from '../../components/fields.tsx';
import { counted } from '../../lib/words.ts';
import { chosenGenes, type GeneChoice, type GeneTable } from './gene-choice.ts';

interface CsvCardProps {
  readonly table: GeneTable | null;
  readonly cells: number;
  /** `undefined` genes are all. */
  readonly onWrite: (genes: string[] | undefined) => void;
}

/** A table for spreadsheets and scripts, of all or of chosen genes. */
export function CsvCard({ table, cells, onWrite }: CsvCardProps) {
  const [choice, setChoice] = useState<GeneChoice>({ kind: 'all', expected: 0.3, list: '' });
  const chosen = table === null ? null : chosenGenes(table, choice);
  const forecast = table?.expected.some((value) => !Number.isNaN(value)) ?? false;
  const none = chosen?.genes.length === 0 ? 'No gene is chosen.' : undefined;
  return (
    <section className="card stack" aria-labelledby="export-csv">
      <h2 id="export-csv">Table</h2>
      <p className="muted">A .csv of imputed values: one row a cell, one column a gene.</p>
      <Segmented
        label="Genes of the table"
        value={choice.kind}
        options={[
          { value: 'all', label: 'All' },
          { value: 'trusted', label: 'Well predictable', disabled: !forecast },
          { value: 'list', label: 'These' },
        ]}
        onChange={(kind) => setChoice({ ...choice, kind })}
      />
      {choice.kind === 'trusted' && (
        <label className="field">
          <span>Expected correlation of at least {choice.expected.toFixed(2)}</span>
          <input
            type="range"
            className="slider"
            min={0}
            max={0.9}
            step={0.05}
            value={choice.expected}
            onChange={(event) => setChoice({ ...choice, expected: Number(event.target.value) })}
          />
        </label>
      )}
      {choice.kind === 'list' && (
        <Field
          label="Gene names"
          error={unknownGenes(chosen?.unknown ?? [])}
          hint="Separated by spaces, commas or lines."
        >
          {({ id, describedBy }) => (
            <textarea
              id={id}
              aria-describedby={describedBy}
              className="textarea"
              placeholder="Gad1, Sst, Vip"
              value={choice.list}
              onChange={(event) => setChoice({ ...choice, list: event.target.value })}
            />
          )}
        </Field>
      )}
      <div className="row">
        <Button
          icon="export"
          blocked={table === null ? 'The list of genes is not here yet.' : none}
          onClick={() => onWrite(choice.kind === 'all' ? undefined : chosen!.genes)}
        >
          Write .csv
        </Button>
        {chosen && (
          <span className="muted small numeric">
            {counted(chosen.genes.length, 'gene')} × {counted(cells, 'cell')}
          </span>
        )}
      </div>
    </section>
  );
}

function unknownGenes(names: readonly string[]): string | undefined {
  if (names.length === 0) return undefined;
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return `Not in this result: ${names.slice(0, 3).join(', ')}${more}.`;
}
