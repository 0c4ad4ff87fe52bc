import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Warning } from '../../src-shared/contract/errors.ts';

/** The bins that are taken when a folder holds several: about the size of a cell. */
const USUAL = 8;

interface Bin {
  readonly micrometres: number;
  readonly folder: string;
}

/** Bins of a Visium HD run, whose folder holds binned_outputs/square_002um and the like, finest first. */
function binsIn(path: string): Bin[] {
  return [join(path, 'binned_outputs'), path]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) =>
      readdirSync(folder).flatMap((name) => {
        const size = /^square_(\d+)um$/.exec(name)?.[1];
        return size === undefined ? [] : [{ micrometres: Number(size), folder: join(folder, name) }];
      }),
    )
    .sort((a, b) => a.micrometres - b.micrometres);
}

/** The bins of 8 µm, or else those closest to them; undefined for a folder without bins. */
export function chosenBin(path: string): { readonly folder: string; readonly warning: Warning } | undefined {
  const bins = binsIn(path);
  const distance = ({ micrometres }: Bin): number => Math.abs(Math.log(micrometres / USUAL));
  const [best] = [...bins].sort((a, b) => distance(a) - distance(b));
  if (best === undefined) return undefined;
  const others = bins.filter((bin) => bin !== best).map(({ micrometres }) => `${micrometres} µm`);
  const hint =
    others.length === 0 ? '' : `; for bins of ${others.join(' or ')}, choose their folder beside it instead`;
  return {
    folder: best.folder,
    warning: {
      code: 'visium-hd-bin',
      message: `The bins of ${best.micrometres} µm are used, from ${best.folder}${hint}.`,
      place: { file: best.folder },
    },
  };
}
