import { useState, type Ref } from 'react';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { formatCount } from '../../../src-shared/plot/format.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Segmented, Select } from '../../components/fields.tsx';
import { fitted, zoomed, zoomLimits } from './canvas/camera.ts';
import type { Tool } from './canvas/use-pointer.ts';
import { FigureDialog } from './figure/FigureDialog.tsx';
import { GeneSearch } from './GeneSearch.tsx';
import type { MapContext } from './map-context.ts';
import {
  ARRANGEMENT_LABELS,
  ARRANGEMENTS,
  arranged,
  genesOf,
  type Arrangement,
  type PanelContent,
} from './panel-content.ts';

interface ToolbarProps {
  readonly context: MapContext;
  readonly runs: readonly RunRecord[];
  readonly tool: Tool;
  readonly searchRef: Ref<HTMLInputElement>;
  readonly onTool: (tool: Tool) => void;
  readonly onGene: (gene: string) => void;
}

const TOOLS = [
  { value: 'move', label: 'Move' },
  { value: 'lasso', label: 'Lasso' },
  { value: 'rectangle', label: 'Rectangle' },
] as const;

/** Which gene, which run, which arrangement, which tool. */
export function Toolbar({ context, runs, tool, searchRef, onTool, onGene }: ToolbarProps) {
  const { cells, genes, run, settings, change, panels, selection, vectors } = context;
  const [isExporting, setExporting] = useState(false);
  const gene = shownGene(panels, settings.focus);
  const consider = (name: string) => void fetchAhead(context, name);
  const choose = (name: string) => {
    onGene(name);
    // The next keys are for the map.
    document.querySelector<HTMLElement>('.spatial-stage')?.focus({ preventScroll: true });
  };
  return (
    <div className="spatial-toolbar" role="toolbar" aria-label="Map tools">
      <GeneSearch ref={searchRef} genes={genes} gene={gene} onChoose={choose} onConsider={consider} />
      <Arrangements context={context} gene={gene} />
      {runs.length > 1 && run !== null && (
        <Select
          label="Run"
          hideLabel
          value={run}
          options={runs.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(value) => change({ run: value })}
        />
      )}
      {cells.sections.length > 1 && (
        <Select
          label="Section"
          hideLabel
          value={String(settings.section ?? 'all')}
          options={[
            { value: 'all', label: `All ${cells.sections.length} sections` },
            ...cells.sections.map(({ name, cells: count }, i) => ({
              value: String(i),
              label: `${name} (${formatCount(count)})`,
            })),
          ]}
          onChange={(value) => change({ section: value === 'all' ? null : Number(value) })}
        />
      )}
      <Segmented label="Tool" value={tool} options={TOOLS} onChange={onTool} />
      <IconButton
        icon="undo"
        label="Undo the last selection (Ctrl+Z)"
        disabled={!selection.canUndo}
        onClick={selection.undo}
      />
      <ZoomButtons context={context} />
      <span className="spatial-toolbar-gap" />
      <Button icon="download" onClick={() => setExporting(true)}>
        Figure
      </Button>
      <IconButton
        icon={settings.isInspectorOpen ? 'right' : 'left'}
        label={settings.isInspectorOpen ? 'Hide the inspector' : 'Show the inspector'}
        pressed={settings.isInspectorOpen}
        onClick={() => change({ isInspectorOpen: !settings.isInspectorOpen })}
      />
      {isExporting && <FigureDialog context={context} onClose={() => setExporting(false)} />}
    </div>
  );

  async function fetchAhead({ states }: MapContext, name: string): Promise<void> {
    const at = genes?.index.get(name);
    if (at === undefined || states.length === 0) return;
    const layers = panels.flatMap((panel) => (panel.kind === 'column' ? [] : [panel.layer]));
    for (const layer of new Set(layers)) {
      const isThere = layer === 'measured' ? genes!.measured[at] : genes!.imputed[at];
      if (isThere === 1) await vectors.gene(run, name, layer).catch(() => undefined);
    }
  }
}

function shownGene(panels: readonly PanelContent[], focus: number): string | undefined {
  return genesOf(panels[focus] ? [panels[focus]] : [])[0] ?? genesOf(panels)[0];
}

function Arrangements({
  context,
  gene,
}: {
  readonly context: MapContext;
  readonly gene: string | undefined;
}) {
  const { cells, genes, panels, change } = context;
  const at = gene === undefined ? undefined : genes?.index.get(gene);
  if (gene === undefined || at === undefined || !genes) return null;
  const column = cells.columns.find(({ kind }) => kind === 'category')?.name;
  const input = {
    gene,
    genes: [...new Set([...genesOf(panels), ...someGenes(genes.names, genes.measured)])],
    isMeasured: genes.measured[at] === 1,
    isImputed: genes.imputed[at] === 1,
    column,
  };
  const key = JSON.stringify(panels);
  const current = ARRANGEMENTS.find((one) => JSON.stringify(arranged(one, input)) === key);
  const offered = ARRANGEMENTS.filter((one) => one !== 'categories' || column !== undefined);
  return (
    <Select<Arrangement | 'own'>
      label="Arrangement"
      hideLabel
      value={current ?? 'own'}
      options={[
        ...offered.map((value) => ({ value, label: ARRANGEMENT_LABELS[value] })),
        ...(current ? [] : [{ value: 'own' as const, label: 'As set in the inspector' }]),
      ]}
      onChange={(value) => value !== 'own' && change({ panels: arranged(value, input), focus: 0 })}
    />
  );
}

/** The first measured genes, to fill panels with. */
function someGenes(names: readonly string[], measured: Uint8Array): string[] {
  const found: string[] = [];
  for (let gene = 0; gene < names.length && found.length < 4; gene++) {
    if (measured[gene] === 1) found.push(names[gene]!);
  }
  return found;
}

function ZoomButtons({ context }: { readonly context: MapContext }) {
  const { camera, shown, layout, panels } = context;
  const stage = (): DOMRect | undefined => document.querySelector('.spatial-panel')?.getBoundingClientRect();
  const fit = () => fitted(shown.bounds, stage()?.width ?? 600, stage()?.height ?? 400);
  const by = (factor: number) =>
    camera.set(zoomed(camera.get(), factor, 0, 0, zoomLimits(fit(), layout.spacing)), true);
  return (
    <span className="spatial-zoom" data-panels={panels.length}>
      <IconButton icon="minus" label="Zoom out (−)" onClick={() => by(1 / 1.4)} />
      <IconButton icon="plus" label="Zoom in (+)" onClick={() => by(1.4)} />
      <IconButton icon="fit" label="Show everything (0)" onClick={() => camera.set(fit(), false)} />
    </span>
  );
}
