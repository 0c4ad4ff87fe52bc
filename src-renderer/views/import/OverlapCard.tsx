import { useId, useState } from 'react';
import type { GeneOverlap } from '../../../src-shared/domain/preview.ts';
import { Button } from '../../components/Button.tsx';
import { Note, ProgressBar, Waiting } from '../../components/feedback.tsx';
import { Segmented } from '../../components/fields.tsx';
import { counted, whole } from '../../lib/words.ts';
import { matchedGenes, unmatchedGenes } from './genes.ts';
import type { Asked } from './imports.ts';
import { withoutPath } from './remedies.ts';
import { Warnings } from './Warnings.tsx';

interface Props {
  /** Null until there are two datasets. */
  readonly overlap: Asked<GeneOverlap> | null;
  /** Of the two datasets: sentences about them need their names only. */
  readonly paths: readonly string[];
  readonly onAgain: () => void;
}

/** Which genes of the panel the reference knows; the model learns from those. */
export function OverlapCard({ overlap, paths, onAgain }: Props) {
  return (
    <section
      className={`card import-overlap${overlap === null ? '' : ' is-known'}`}
      aria-labelledby="import-overlap-title"
    >
      <h2 id="import-overlap-title">Shared genes</h2>
      {overlap === null && (
        <p className="muted">
          With both datasets chosen, this shows which genes of the panel the reference knows. The model learns
          from those.
        </p>
      )}
      {overlap?.phase === 'reading' && <Waiting>Comparing the genes of the two datasets</Waiting>}
      {overlap?.phase === 'failed' && (
        <Note kind="error" actions={<Button onClick={onAgain}>Try again</Button>}>
          {overlap.error}
        </Note>
      )}
      {overlap?.value && <Overlap overlap={overlap.value} paths={paths} />}
    </section>
  );
}

function Overlap({ overlap, paths }: { readonly overlap: GeneOverlap; readonly paths: readonly string[] }) {
  const { shared, onlySpatial, referenceGenes, problem, warnings } = overlap;
  const panel = shared.length + onlySpatial.length;
  const share = panel === 0 ? 0 : shared.length / panel;
  return (
    <>
      {problem !== null ? (
        <Note kind="error" title="Too few shared genes">
          {withoutPath(problem, paths)}
        </Note>
      ) : (
        <div className="import-share">
          <p className="import-share-words">
            <strong className="numeric">{whole(shared.length)}</strong> of {counted(panel, 'gene')} of the
            panel {shared.length === 1 ? 'is' : 'are'} in the reference, which has {whole(referenceGenes)}
          </p>
          <ProgressBar share={share} label="Share of the panel that the reference knows" />
        </div>
      )}
      <Warnings paths={paths} warnings={warnings} remedies={{}} />
      <GeneLists overlap={overlap} />
    </>
  );
}

type List = 'matched' | 'only';

/** Rows that are shown at once; the others are found by typing. */
const MOST = 240;

function GeneLists({ overlap }: { readonly overlap: GeneOverlap }) {
  const none = overlap.shared.length === 0;
  const [list, setList] = useState<List>(none ? 'only' : 'matched');
  const [typed, setTyped] = useState('');
  const id = useId();
  const found =
    list === 'matched' ? matchedGenes(overlap, typed).length : unmatchedGenes(overlap, typed).length;
  return (
    <div className="import-genes">
      <div className="import-genes-tools">
        <Segmented
          label="Genes"
          value={list}
          onChange={setList}
          options={[
            { value: 'matched', label: `Matched (${whole(overlap.shared.length)})` },
            { value: 'only', label: `Only in the panel (${whole(overlap.onlySpatial.length)})` },
          ]}
        />
        <input
          className="input"
          type="search"
          aria-label="Find a gene"
          aria-controls={id}
          placeholder="Find a gene"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
        />
        <span className="small muted" role="status">
          {listWords(found, typed)}
        </span>
      </div>
      <ul
        id={id}
        className="import-gene-list"
        tabIndex={0}
        aria-label={list === 'matched' ? 'Matched genes' : 'Genes only in the panel'}
      >
        {list === 'matched'
          ? matchedGenes(overlap, typed)
              .slice(0, MOST)
              .map((gene) => (
                <li
                  key={`${gene.spatial} ${gene.reference}`}
                  className={gene.respelled ? 'is-respelled' : undefined}
                >
                  {gene.spatial}
                  {gene.respelled && (
                    <span className="muted" title="Written differently in the reference">
                      {' '}
                      = {gene.reference}
                    </span>
                  )}
                </li>
              ))
          : unmatchedGenes(overlap, typed)
              .slice(0, MOST)
              .map((name) => <li key={name}>{name}</li>)}
      </ul>
    </div>
  );
}

function listWords(found: number, typed: string): string {
  if (found > MOST) return `The first ${whole(MOST)} of ${whole(found)} are shown`;
  if (typed === '') return '';
  return found === 0 ? 'No gene has this in its name' : counted(found, 'gene');
}
