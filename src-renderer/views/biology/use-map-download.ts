import type { FigureFormat } from '../../components/charts/DownloadMenu.tsx';
import { fileName } from '../../components/charts/download.ts';
import { useEngine } from '../../engine/context.ts';
import { saveFile } from '../../lib/save-file.ts';
import type { CameraStore } from '../spatial/canvas/camera-store.ts';
import { figureOf, printCamera, type FigureContext } from '../spatial/figure/figure-layout.ts';
import { toPng, toSvgBlob } from '../spatial/figure/to-canvas.ts';
import { selectionCsv } from '../spatial/selection-csv.ts';

/** Pixels of a PNG for one of the page. */
const PRINT = 3;

/** Saves a map as it is seen, or a table of its cells (in their order) with what the panels show. */
export function useMapDownload(
  context: FigureContext,
  camera: CameraStore,
): (format: FigureFormat, title: string, root: Element | null) => Promise<void> {
  const engine = useEngine();
  return async (format, title, root) => {
    const name = `${fileName(title)}.${format}`;
    if (format === 'csv') {
      const chosen = context.shown.order.slice().sort();
      const { names } = await engine.call('map:cell-names', { cells: chosen });
      saveFile(name, selectionCsv(context, chosen, names), 'text/csv');
      return;
    }
    const stage = root?.querySelector('.spatial-stage');
    const panel = root?.querySelector('.spatial-panel');
    const [width, height] = [stage?.clientWidth ?? 800, stage?.clientHeight ?? 500];
    const seen = printCamera(camera.get(), panel?.clientWidth ?? width, panel?.clientHeight ?? height);
    const figure = figureOf(context, seen, title, width, height + 30);
    saveFile(name, await (format === 'png' ? toPng(figure, PRINT) : toSvgBlob(figure, PRINT)));
  };
}
