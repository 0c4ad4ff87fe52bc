import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent, type Ref } from 'react';
import { Icon } from '../../components/icons.tsx';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { rankedGenes, type Genes } from './genes.ts';
import { formatValue } from './panel-picture.ts';

const LISTED = 40;

interface GeneSearchProps {
  readonly genes: Genes | null;
  /** The gene that is shown. */
  readonly gene: string | undefined;
  readonly onChoose: (gene: string) => void;
  /** The gene that the keyboard or pointer rests on, so that it can be fetched before it is chosen. */
  readonly onConsider?: (gene: string) => void;
  readonly ref?: Ref<HTMLInputElement>;
}

/** Finds a gene by typing: arrows, Enter; says whether it was measured or imputed and how far it can be trusted. */
export function GeneSearch({ genes, gene, onChoose, onConsider, ref }: GeneSearchProps) {
  const list = useId();
  const [typed, setTyped] = useState('');
  const [isOpen, setOpen] = useState(false);
  const [active, setActive] = useState(0);
  const found = useMemo(
    () => (genes && isOpen ? rankedGenes(genes, typed, LISTED) : []),
    [genes, isOpen, typed],
  );
  const close = () => {
    setOpen(false);
    setTyped('');
    setActive(0);
  };
  const choose = (at: number) => {
    const name = genes?.names[found[at] ?? -1];
    if (name === undefined) return;
    onChoose(name);
    close();
  };
  const considered = genes?.names[found[active] ?? -1];
  useEffect(() => {
    if (considered === undefined || !onConsider) return undefined;
    const timer = setTimeout(() => onConsider(considered), 120);
    return () => clearTimeout(timer);
  }, [considered, onConsider]);
  const keys = (event: KeyboardEvent<HTMLInputElement>) => {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (isOpen) setActive(Math.min(found.length - 1, Math.max(0, active + step)));
      setOpen(true);
    } else if (event.key === 'Enter') choose(active);
    else if (event.key === 'Escape') {
      close();
      event.currentTarget.blur();
    }
  };
  return (
    <div className="spatial-search">
      <span className="spatial-search-icon">
        <Icon name="search" size={18} />
      </span>
      <input
        ref={ref}
        className="input spatial-search-input"
        role="combobox"
        aria-label="Find a gene"
        aria-expanded={isOpen}
        aria-controls={list}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && found.length > 0 ? `${list}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder={gene ?? 'Find a gene'}
        disabled={genes === null}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value);
          setActive(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={close}
        onKeyDown={keys}
      />
      {isOpen && genes && (
        <div className="spatial-search-list">
          <ul id={list} role="listbox" aria-label="Genes">
            {found.map((index, at) => (
              <GeneOption
                key={index}
                id={`${list}-${at}`}
                genes={genes}
                index={index}
                isActive={at === active}
                onChoose={() => choose(at)}
                onPoint={() => setActive(at)}
              />
            ))}
          </ul>
          <div className="spatial-search-foot muted small" role="status">
            {found.length === 0
              ? `No gene is called ${typed.trim()}.`
              : found.length === LISTED
                ? `The first ${LISTED} of ${formatCount(genes.names.length)} genes; type to narrow down.`
                : `${found.length} of ${formatCount(genes.names.length)} genes`}
          </div>
        </div>
      )}
    </div>
  );
}

interface GeneOptionProps {
  readonly id: string;
  readonly genes: Genes;
  readonly index: number;
  readonly isActive: boolean;
  readonly onChoose: () => void;
  readonly onPoint: () => void;
}

function GeneOption({ id, genes, index, isActive, onChoose, onPoint }: GeneOptionProps) {
  const ref = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const [isMeasured, isImputed] = [genes.measured[index] === 1, genes.imputed[index] === 1];
  const [mean, expected] = [genes.mean[index]!, genes.expected[index]!];
  const kind = isMeasured && isImputed ? 'measured, imputed' : isMeasured ? 'measured' : 'imputed';
  return (
    <li
      ref={ref}
      id={id}
      role="option"
      aria-selected={isActive}
      className={isActive ? 'spatial-option is-active' : 'spatial-option'}
      // The field keeps the focus: a blur would close the list before the click arrives.
      onPointerDown={(event) => event.preventDefault()}
      onClick={onChoose}
      onPointerMove={onPoint}
    >
      <span className="spatial-option-name">{genes.names[index]}</span>
      <span className="spatial-option-kind muted">{kind}</span>
      <span className="spatial-option-mean muted numeric">
        {Number.isNaN(mean) ? '' : `mean ${formatValue(mean)}`}
      </span>
      <ExpectedBar expected={expected} />
    </li>
  );
}

/** Expected correlation of an imputed gene with the truth, as a small bar and a number. */
export function ExpectedBar({ expected }: { readonly expected: number }) {
  if (Number.isNaN(expected)) return <span className="spatial-expected" />;
  const width = Math.round(40 * Math.min(1, Math.max(0, expected)));
  return (
    <span
      className="spatial-expected numeric"
      title="Expected correlation of the imputed values with the truth"
    >
      <svg width="40" height="6" aria-hidden="true">
        <rect width="40" height="6" rx="3" className="spatial-expected-track" />
        <rect width={width} height="6" rx="3" className="spatial-expected-bar" />
      </svg>
      <span className="visually-hidden">expected r </span>
      {expected.toFixed(2)}
    </span>
  );
}
