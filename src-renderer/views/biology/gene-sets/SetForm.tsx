import { useMemo, useState } from 'react';
import type { GeneSet } from '../../../../src-shared/contract/calls/analysis.ts';
import { Button } from '../../../components/Button.tsx';
import { CheckedInput } from '../../../components/CheckedInput.tsx';
import { Field } from '../../../components/fields.tsx';
import { namesIn } from '../../../lib/names-in.ts';
import { recognised, recognisedWords, type KnownGenes } from './known-genes.ts';

interface SetFormProps {
  readonly set: GeneSet;
  readonly known: KnownGenes | null;
  readonly isFixed: boolean;
  readonly problemOf: (name: string) => string | undefined;
  readonly onChange: (part: Partial<GeneSet>) => void;
  readonly onRemove: () => void;
  readonly onGene: (gene: string) => void;
}

/** One set: its name, its genes as text, and which of them the result knows. For one set in the life of a component. */
export function SetForm({ set, known, isFixed, problemOf, onChange, onRemove, onGene }: SetFormProps) {
  const [text, setText] = useState(() => set.genes.join('\n'));
  const about = useMemo(() => (known === null ? null : recognised(set.genes, known)), [set.genes, known]);
  return (
    <section className="card gene-set" aria-label={`Gene set ${set.name}`}>
      <Field label="Name">
        {({ id, describedBy }) =>
          isFixed ? (
            <input id={id} className="input" readOnly value={set.name} />
          ) : (
            <CheckedInput
              id={id}
              describedBy={describedBy}
              value={set.name}
              problemOf={problemOf}
              onTake={(name) => onChange({ name: name.trim() })}
            />
          )
        }
      </Field>
      {set.description !== '' && <p className="muted small">{set.description}</p>}
      <Field label="Genes" hint="One a line, or separated by commas.">
        {({ id, describedBy }) => (
          <textarea
            id={id}
            aria-describedby={describedBy}
            className="textarea gene-set-genes mono"
            spellCheck={false}
            readOnly={isFixed}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              onChange({ genes: namesIn(event.target.value) });
            }}
          />
        )}
      </Field>
      {about && (
        <div className="gene-set-known small" role="status">
          {recognisedWords(about).map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      {about && <KnownList about={about} onGene={onGene} />}
      {!isFixed && (
        <div>
          <Button kind="quiet" icon="trash" onClick={onRemove}>
            Remove this set
          </Button>
        </div>
      )}
    </section>
  );
}

interface KnownListProps {
  readonly about: ReturnType<typeof recognised>;
  readonly onGene: (gene: string) => void;
}

/** Genes that are longer than this list are found in the text above. */
const MOST = 60;

function KnownList({ about: { found, otherCase }, onGene }: KnownListProps) {
  const genes = [...found, ...otherCase.map(({ as }) => as)].slice(0, MOST);
  if (genes.length === 0) return null;
  return (
    <ul className="gene-chips" aria-label="Genes in the result">
      {genes.map((gene) => (
        <li key={gene}>
          <button type="button" title="Show on the map" onClick={() => onGene(gene)}>
            {gene}
          </button>
        </li>
      ))}
    </ul>
  );
}
