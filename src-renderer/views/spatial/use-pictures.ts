import { useEffect, useMemo, useState } from 'react';
import { messageOf } from '../../engine/message-of.ts';
import type { Genes } from './genes.ts';
import type { PanelContent } from './panel-content.ts';
import { columnPicture, describeContent, type PanelPicture } from './panel-picture.ts';
import type { MapCells } from './use-map-data.ts';
import type { Vectors } from './vectors.ts';

/** What a panel shows, or why it shows nothing. The last picture stays until the next one is there. */
export interface PanelState {
  readonly title: string;
  readonly what: string;
  readonly picture: PanelPicture | null;
  readonly error: string | null;
  readonly isWaiting: boolean;
}

interface Settled {
  readonly key: string;
  readonly picture: PanelPicture | null;
  readonly error: string | null;
}

/** Fetches what the panels show. */
export function usePictures(
  vectors: Vectors,
  run: string | null,
  panels: readonly PanelContent[],
  genes: Genes | null,
  columns: MapCells['columns'],
): PanelState[] {
  const [settled, setSettled] = useState<readonly (Settled | undefined)[]>([]);
  const keys = useMemo(() => panels.map((panel) => JSON.stringify([run, panel])), [run, panels]);
  useEffect(() => {
    let isLive = true;
    const put = (at: number, value: Settled): void => {
      if (!isLive) return;
      setSettled((before) => {
        const next = Array.from({ length: Math.max(before.length, at + 1) }, (_, i) => before[i]);
        next[at] = value;
        return next;
      });
    };
    panels.forEach((panel, at) => {
      const key = keys[at]!;
      fetchPicture(vectors, run, panel, columns).then(
        (picture) => put(at, { key, picture, error: null }),
        (error: unknown) => put(at, { key, picture: null, error: messageOf(error) }),
      );
    });
    return () => {
      isLive = false;
    };
  }, [vectors, run, panels, keys, columns]);
  return useMemo(
    () =>
      panels.map((panel, at) => {
        const gene = panel.kind === 'gene' ? genes?.index.get(panel.gene) : undefined;
        const expected = gene === undefined ? NaN : genes!.expected[gene]!;
        const last = settled[at];
        return {
          ...describeContent(panel, expected, columns),
          picture: last?.picture ?? null,
          error: last?.key === keys[at] ? (last?.error ?? null) : null,
          isWaiting: last?.key !== keys[at],
        };
      }),
    [panels, keys, settled, genes, columns],
  );
}

async function fetchPicture(
  vectors: Vectors,
  run: string | null,
  panel: PanelContent,
  columns: MapCells['columns'],
): Promise<PanelPicture> {
  const { title, what } = describeContent(panel, NaN, columns);
  if (panel.kind === 'column') return columnPicture(title, await vectors.column(panel.name));
  if (panel.kind === 'rgb') {
    const fetched = await Promise.all(panel.genes.map((gene) => vectors.gene(run, gene, panel.layer)));
    return {
      kind: 'rgb',
      title,
      what,
      channels: fetched.map((vector, i) => ({ gene: panel.genes[i]!, vector })),
    };
  }
  const vector = await vectors.gene(run, panel.gene, panel.layer);
  return {
    kind: 'values',
    title,
    what,
    gene: panel.gene,
    vector,
    isDifference: panel.layer === 'difference',
  };
}
