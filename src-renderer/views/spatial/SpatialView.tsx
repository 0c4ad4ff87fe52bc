import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import type { EngineClient } from '../../engine/client.ts';
import { useApp } from '../../store/store.ts';
import { CameraStore } from './canvas/camera-store.ts';
import type { MapCanvas } from './canvas/map-canvas.ts';
import { useThemeColours } from './canvas/use-theme-colours.ts';
import type { Tool } from './canvas/use-pointer.ts';
import { firstGene, type Genes } from './genes.ts';
import { Inspector } from './inspector/Inspector.tsx';
import type { MapContext } from './map-context.ts';
import { MapStage } from './MapStage.tsx';
import { arranged, withGene, type PanelContent } from './panel-content.ts';
import type { Look } from './panel-picture.ts';
import type { SpatialSettings } from './settings.ts';
import { useSavedSettings, type ChangeSettings } from './spatial-state.ts';
import { Toolbar } from './Toolbar.tsx';
import { useImage } from './use-image.ts';
import { useShownCells, type MapCells, type MapLayout } from './use-map-data.ts';
import { usePainting } from './use-painting.ts';
import { usePictures } from './use-pictures.ts';
import { useSelection } from './use-selection.ts';
import { useSpatialKeys } from './use-spatial-keys.ts';
import { Vectors } from './vectors.ts';

export interface SpatialViewProps {
  readonly engine: EngineClient;
  readonly run: string | null;
  readonly runs: readonly RunRecord[];
  readonly cells: MapCells;
  readonly layout: MapLayout;
  readonly genes: Genes | null;
  readonly isFresh: boolean;
  readonly settings: SpatialSettings;
  readonly change: ChangeSettings;
}

const NONE_MUTED: ReadonlySet<number> = new Set();

/** The map with its tools and its inspector. */
export function SpatialView(props: SpatialViewProps) {
  const { engine, run, runs, cells, layout, genes, isFresh, settings, change } = props;
  const [vectors] = useState(() => new Vectors(engine));
  const [camera] = useState(() => new CameraStore(settings.camera ?? { x: 0, y: 0, scale: 1 }));
  const [tool, setTool] = useState<Tool>('move');
  const [muted, setMuted] = useState(NONE_MUTED);
  const [canvas, setCanvas] = useState<MapCanvas | null>(null);
  const search = useRef<HTMLInputElement>(null);
  useSavedSettings(settings, camera);

  const section =
    settings.section !== null && settings.section < cells.sections.length ? settings.section : null;
  const shown = useShownCells(layout, section);
  const panels = usePanels(settings, change, isFresh ? genes : null, run);
  const states = usePictures(vectors, run, panels, genes, cells.columns);
  const selection = useSelection(cells.cells);
  const theme = useThemeColours();
  const { colourMap, clip } = settings;
  const look = useMemo(
    (): Look => ({
      ...theme,
      ...{ order: shown.order, colourMap, clip, muted },
      selection: selection.now,
    }),
    [theme, shown.order, colourMap, clip, selection.now, muted],
  );
  const limits = usePainting(canvas, states, look, settings.isShared);
  // Where sections were set beside each other, the picture fits none of them.
  const underlay = !layout.isMoved ? cells.images.find(({ id }) => id === settings.image) : undefined;
  const image = useImage(underlay, layout.origin, settings.imageOpacity);

  const chooseGene = useCallback(
    (gene: string) => change({ panels: withGene(panels, settings.focus, gene) }),
    [change, panels, settings.focus],
  );
  useTarget(genes, chooseGene);
  useTargetCells(selection.combine);
  useSpatialKeys({
    onTool: setTool,
    onSearch: () => search.current?.focus(),
    onPanel: (focus) => focus < panels.length && change({ focus }),
    onUndo: selection.undo,
    onClear: () => {
      if (tool === 'move') selection.clear();
      else setTool('move');
    },
  });
  const toggleCategory = useCallback((code: number) => {
    setMuted((before) => {
      const next = new Set(before);
      if (!next.delete(code)) next.add(code);
      return next;
    });
  }, []);
  const context: MapContext = {
    ...{ cells, layout, genes, settings, change, panels, states, limits },
    ...{ run, look, shown, camera, vectors, image, selection },
  };
  return (
    <div className={settings.isInspectorOpen ? 'spatial has-inspector' : 'spatial'}>
      <Toolbar
        context={context}
        runs={runs}
        tool={tool}
        searchRef={search}
        onTool={setTool}
        onGene={chooseGene}
      />
      <MapStage
        {...{ layout, settings, camera, image, tool, muted, limits }}
        cells={shown}
        unit={cells.unit ?? 'unknown'}
        panels={states}
        onCanvas={setCanvas}
        onSelect={selection.combine}
        onFocusPanel={(focus) => focus !== settings.focus && change({ focus })}
        onToggleCategory={toggleCategory}
      />
      {settings.isInspectorOpen && <Inspector context={context} />}
    </div>
  );
}

/**
 * The panels; a map that was never set up opens with a telling gene, and the first result of a run sets the imputed
 * gene beside the measured one. Afterwards the panels are the user's.
 */
function usePanels(
  settings: SpatialSettings,
  change: ChangeSettings,
  genes: Genes | null,
  run: string | null,
): readonly PanelContent[] {
  const { panels, hadRun } = settings;
  const first = useMemo((): readonly PanelContent[] => {
    const shown = panels.length === 1 && panels[0]!.kind === 'gene' ? panels[0]!.gene : undefined;
    const isNew = panels.length === 0 || (run !== null && !hadRun && shown !== undefined);
    const gene = genes && (shown ?? firstGene(genes));
    const at = gene ? genes.index.get(gene) : undefined;
    if (!genes || !gene || at === undefined || !isNew) return panels;
    return arranged(run === null ? 'one' : 'compare', {
      gene,
      genes: [gene],
      isMeasured: genes.measured[at] === 1,
      isImputed: genes.imputed[at] === 1,
      column: undefined,
    });
  }, [panels, hadRun, genes, run]);
  const hasRun = run !== null && genes !== null && !hadRun;
  useEffect(() => {
    if (first !== panels) change({ panels: [...first], focus: 0, ...(hasRun && { hadRun: true }) });
    else if (hasRun) change({ hadRun: true });
  }, [first, panels, hasRun, change]);
  return first;
}

/** Shows the gene that another view asked for. */
function useTarget(genes: Genes | null, choose: (gene: string) => void): void {
  const target = useApp((state) => state.target);
  const takeTarget = useApp((state) => state.takeTarget);
  useEffect(() => {
    if (!genes || target?.gene === undefined) return;
    const taken = takeTarget();
    if (taken?.gene !== undefined && genes.index.has(taken.gene)) choose(taken.gene);
  }, [genes, target, takeTarget, choose]);
}

/** Selects the cells that another view hands over. */
function useTargetCells(combine: (cells: Uint32Array, how: 'replace') => void): void {
  const target = useApp((state) => state.target);
  const takeTarget = useApp((state) => state.takeTarget);
  useEffect(() => {
    if (target?.cells === undefined) return;
    const taken = takeTarget();
    if (taken?.cells !== undefined) combine(taken.cells, 'replace');
  }, [target, takeTarget, combine]);
}
