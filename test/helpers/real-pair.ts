import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { sharedFolder } from './shared-folder.ts';

/** Rows of a table of ../shared/data, without its head, each without the name of its cell. */
function table(pair: string, file: string): string[][] {
  const text = gunzipSync(readFileSync(join(sharedFolder, 'data', 'pairs', pair, file))).toString();
  const lines = text.trim().split('\n').slice(1);
  return lines.map((line) => line.split(',').slice(1));
}

/** Positions and counts (cells × genes, row-major) of the spatial part of a real pair. */
export function realPair(pair: string) {
  const positions = table(pair, 'st_coords.csv.gz').flatMap(([x, y]) => [Number(x), Number(y)]);
  const counts = table(pair, 'st_counts.csv.gz');
  return {
    positions: { dimensions: 2, values: Float64Array.from(positions) },
    genes: counts[0]!.length,
    counts: Float32Array.from(counts.flat(), Number),
  };
}
