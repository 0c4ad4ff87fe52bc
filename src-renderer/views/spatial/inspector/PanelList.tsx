import { Select, type Option } from '../../../components/fields.tsx';
import { IconButton } from '../../../components/Button.tsx';
import { formatCount } from '../../../../src-shared/plot/format.ts';
import { ExpectedBar } from '../GeneSearch.tsx';
import { useApp } from '../../../store/store.ts';
import type { MapContext } from '../map-context.ts';
import type { PanelContent } from '../panel-content.ts';
import { formatValue } from '../panel-picture.ts';

const MOST_PANELS = 4;

/** The panels in words: what each shows, with its numbers, and how to change it. */
export function PanelList({ context }: { readonly context: MapContext }) {
  const { panels, settings, change } = context;
  const replace = (at: number, content: PanelContent) =>
    change({ panels: panels.map((panel, i) => (i === at ? content : panel)), focus: at });
  const remove = (at: number) =>
    change({
      panels: panels.filter((_, i) => i !== at),
      focus: Math.max(0, Math.min(settings.focus, panels.length - 2)),
    });
  const last = panels.at(-1);
  return (
    <section className="spatial-block" aria-label="Panels">
      <header>
        <h3>Panels</h3>
        {last && panels.length < MOST_PANELS && (
          <IconButton
            icon="plus"
            label="Add a panel"
            onClick={() => change({ panels: [...panels, last], focus: panels.length })}
          />
        )}
      </header>
      <ol className="spatial-panels">
        {panels.map((panel, i) => (
          <li key={i} className={settings.focus === i && panels.length > 1 ? 'is-focused' : undefined}>
            <PanelChoice context={context} at={i} panel={panel} onChange={(content) => replace(i, content)} />
            {panels.length > 1 && (
              <IconButton icon="close" label={`Remove panel ${i + 1}`} onClick={() => remove(i)} />
            )}
            <PanelNumbers context={context} at={i} />
          </li>
        ))}
      </ol>
      {context.run === null && <NoRunYet />}
    </section>
  );
}

function NoRunYet() {
  const goTo = useApp((state) => state.goTo);
  return (
    <p className="muted small">
      Only measured genes can be shown yet; training brings imputed ones.{' '}
      <button type="button" className="spatial-link" onClick={() => goTo('model')}>
        Set up a model
      </button>
    </p>
  );
}

interface PanelChoiceProps {
  readonly context: MapContext;
  readonly at: number;
  readonly panel: PanelContent;
  readonly onChange: (content: PanelContent) => void;
}

function PanelChoice({ context, at, panel, onChange }: PanelChoiceProps) {
  const { genes, cells, states } = context;
  const gene =
    panel.kind === 'gene'
      ? panel.gene
      : ((panel.kind === 'rgb' ? panel.genes[0] : undefined) ?? firstShown(context));
  const index = gene === undefined ? undefined : genes?.index.get(gene);
  const isMeasured = index !== undefined && genes?.measured[index] === 1;
  const isImputed = index !== undefined && genes?.imputed[index] === 1;
  const options: Option<string>[] = [
    ...(gene === undefined
      ? []
      : [
          { value: 'measured', label: `${gene}, measured`, disabled: !isMeasured },
          { value: 'imputed', label: `${gene}, imputed`, disabled: !isImputed },
          { value: 'difference', label: `${gene}, difference`, disabled: !(isMeasured && isImputed) },
        ]),
    ...(panel.kind === 'rgb'
      ? [{ value: 'rgb', label: `${panel.genes.join(', ')} as red, green, blue` }]
      : []),
    ...cells.columns.map(({ name, title }) => ({
      value: `column ${name}`,
      label: title ?? `Column ${name}`,
    })),
  ];
  const value = panel.kind === 'gene' ? panel.layer : panel.kind === 'rgb' ? 'rgb' : `column ${panel.name}`;
  return (
    <Select
      label={`Panel ${at + 1}: ${states[at]?.title ?? ''}`}
      hideLabel
      value={value}
      options={options}
      onChange={(chosen) => {
        if (chosen.startsWith('column ')) onChange({ kind: 'column', name: chosen.slice('column '.length) });
        else if (gene !== undefined && chosen !== 'rgb')
          onChange({ kind: 'gene', gene, layer: chosen as 'measured' | 'imputed' | 'difference' });
      }}
    />
  );
}

function firstShown({ panels }: MapContext): string | undefined {
  for (const panel of panels) {
    if (panel.kind === 'gene') return panel.gene;
    if (panel.kind === 'rgb') return panel.genes[0];
  }
  return undefined;
}

/** Least, mean and largest value of a panel, and how far an imputed gene can be trusted. */
function PanelNumbers({ context, at }: { readonly context: MapContext; readonly at: number }) {
  const { states, panels, genes } = context;
  const picture = states[at]?.picture;
  const panel = panels[at];
  if (!picture || !panel) return null;
  if (picture.kind === 'rgb') return <RgbGenes context={context} at={at} />;
  if (picture.kind === 'category') {
    return <p className="muted small">{formatCount(picture.names.length)} categories</p>;
  }
  const { low, high, mean } = picture.vector.spread;
  const index = panel.kind === 'gene' ? genes?.index.get(panel.gene) : undefined;
  const detected = index === undefined ? NaN : genes!.detected[index]!;
  return (
    <dl className="spatial-numbers">
      <Figure term="Lowest" value={formatValue(low)} />
      <Figure term="Mean" value={formatValue(mean)} />
      <Figure term="Highest" value={formatValue(high)} />
      {panel.kind === 'gene' && panel.layer === 'measured' && !Number.isNaN(detected) && (
        <Figure term="Seen in" value={`${(100 * detected).toFixed(0)} % of cells`} />
      )}
      {panel.kind === 'gene' && panel.layer !== 'measured' && index !== undefined && (
        <div>
          <dt>Expected r</dt>
          <dd>
            {Number.isNaN(genes!.expected[index]!) ? (
              'not known'
            ) : (
              <ExpectedBar expected={genes!.expected[index]!} />
            )}
          </dd>
        </div>
      )}
    </dl>
  );
}

function Figure({ term, value }: { readonly term: string; readonly value: string }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd className="numeric">{value}</dd>
    </div>
  );
}

/** Which gene is which light; the search sets the red one, these lists the others. */
function RgbGenes({ context, at }: { readonly context: MapContext; readonly at: number }) {
  const { panels, genes, change } = context;
  const panel = panels[at];
  if (panel?.kind !== 'rgb' || !genes) return null;
  const flags = panel.layer === 'measured' ? genes.measured : genes.imputed;
  const names = genes.names.filter((_, i) => flags[i] === 1).slice(0, 500);
  const set = (channel: number, gene: string) => {
    const next = [...panel.genes];
    if (gene === '') next.splice(channel, 1);
    else next[channel] = gene;
    change({ panels: panels.map((one, i) => (i === at ? { ...panel, genes: next } : one)), focus: at });
  };
  return (
    <div className="spatial-channels">
      {(['Red', 'Green', 'Blue'] as const).map((label, channel) => {
        const gene = panel.genes[channel];
        if (channel > panel.genes.length) return null;
        const offered = gene === undefined || names.includes(gene) ? names : [gene, ...names];
        return (
          <Select
            key={label}
            label={label}
            value={gene ?? ''}
            options={[
              ...(channel === 0 ? [] : [{ value: '', label: 'none' }]),
              ...offered.map((name) => ({ value: name, label: name })),
            ]}
            onChange={(value) => set(channel, value)}
          />
        );
      })}
    </div>
  );
}
