import type { FigureFormat } from '../../../components/charts/DownloadMenu.tsx';
import { csvOf } from '../../../components/charts/csv.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { toPng, toSvgBlob } from '../../spatial/figure/to-canvas.ts';
import { allLimits, type Look } from '../../spatial/panel-picture.ts';
import { DEFAULT_SETTINGS } from '../../spatial/settings.ts';
import { useShownCells } from '../../spatial/use-map-data.ts';
import type { PanelState } from '../../spatial/use-pictures.ts';
import { useBiology } from '../biology-context.ts';
import { panelState } from '../map-panels.ts';
import type { CategoryVector, NumberVector } from '../result-parts.ts';
import { fieldFigure } from './field-figure.ts';
import { filedCorner, type Field, type FieldFacts } from './fields.ts';
import { groupRows } from './GroupsChart.tsx';

interface FieldsDownloadInput {
  readonly fields: readonly Field[];
  readonly facts: readonly FieldFacts[];
  readonly state: PanelState;
  readonly proportion: NumberVector;
  readonly group: CategoryVector;
  readonly types: string;
}

/** Pixels of a PNG for one of the figure. */
const PRINT = 3;
const CLIP = [0, 100] as const;

/** Saves map, groups and fields as one figure, or the fields as a table. */
export function useFieldsDownload(input: FieldsDownloadInput): (format: FigureFormat) => Promise<void> {
  const { cells, layout } = useBiology();
  const shown = useShownCells(layout, null);
  return async (format) => {
    const { fields, facts, proportion, group, types } = input;
    const name = `neighbourhood-fields.${format}`;
    if (format === 'csv') {
      const rows = fields.map((field, i) => [
        field.name,
        ...filedCorner(field, layout, shown.grid()),
        field.side,
        facts[i]!.cells.length,
        facts[i]!.mean,
        field.byHand ? 'by hand' : 'suggested',
      ]);
      saveFile(name, csvOf(['field', 'x', 'y', 'side', 'cells', 'mean_share', 'chosen'], rows), 'text/csv');
      return;
    }
    const what = 'share of neighbours';
    const states = [panelState({ vector: { ...proportion, title: types }, what, unit: what })];
    const look: Look = {
      ...{ order: shown.order, clip: CLIP, colourMap: 'viridis', muted: new Set() },
      ...{ missing: [212, 216, 220], ground: [255, 255, 255], selection: null },
    };
    const limits = allLimits(
      states.map(({ picture }) => picture),
      CLIP,
      false,
    );
    const settings = { ...DEFAULT_SETTINGS, clip: [0, 100] as [number, number] };
    const figure = fieldFigure({
      ...input,
      title: `${types} among the neighbours`,
      context: { cells, layout, shown, states, limits, look, settings, image: null },
      groups: groupRows(group),
    });
    saveFile(name, await (format === 'png' ? toPng(figure, PRINT) : toSvgBlob(figure, PRINT)));
  };
}
