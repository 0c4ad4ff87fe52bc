import { UserError } from '../../../src-shared/contract/errors.ts';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import { boundsOf, medianSpacing, pointGrid } from '../../../src-shared/plot/point-grid.ts';
import { readCoordinates } from '../../io/coordinates.ts';
import { openDataset } from '../../io/registry.ts';
import type { Column, Coordinates, Dataset, OpenMatrix } from '../../matrix/dataset.ts';
import { sectionsOf } from './cell-columns.ts';
import { GeneColumns, type ColumnOptions } from './gene-columns.ts';
import { indexPlace, type IndexHome } from './index-place.ts';

type Positions = Result<'map:positions'>;
export type ColumnLimits = Omit<ColumnOptions, 'place' | 'say'>;

/** What reading the genes is given by the project, and what it tells. */
export interface GenesDesk {
  readonly home: IndexHome;
  /** When an index is made, where not as usual. */
  readonly limits: ColumnLimits;
  readonly progress: (share: number) => void;
  readonly say: (sentence: string) => void;
}

/** The spatial dataset of a project, opened once. */
export class SpatialData {
  readonly record: DatasetRecord;
  readonly matrix: OpenMatrix;
  readonly obs: readonly Column[];
  readonly coordinates: Coordinates | undefined;
  readonly sections: ReturnType<typeof sectionsOf>;
  readonly #dataset: Dataset;
  readonly #stop = new AbortController();
  readonly #desk: GenesDesk;
  #genes: Promise<GeneColumns> | undefined;
  #positions: Positions | undefined;

  private constructor(
    record: DatasetRecord,
    dataset: Dataset,
    matrix: OpenMatrix,
    table: { readonly coordinates: Coordinates; readonly obs: readonly Column[] } | undefined,
    desk: GenesDesk,
  ) {
    this.record = record;
    this.matrix = matrix;
    this.#dataset = dataset;
    this.#desk = desk;
    this.coordinates = table?.coordinates ?? dataset.coordinates;
    const names = new Set(dataset.obs.map(({ name }) => name));
    this.obs = [...dataset.obs, ...(table?.obs ?? []).filter(({ name }) => !names.has(name))];
    this.sections = sectionsOf(this.obs, record.choice.section);
  }

  /** Opens it; throws a UserError that names the file when it is gone or damaged. */
  static async open(record: DatasetRecord, desk: GenesDesk): Promise<SpatialData> {
    const { path, matrix: asked, coordinates } = record.choice;
    const dataset = await openDataset(path);
    try {
      const matrix = await dataset.open(asked === 'raw' ? 'raw/X' : asked);
      const table = coordinates === undefined ? undefined : await readCoordinates(coordinates, matrix.cells);
      return new SpatialData(record, dataset, matrix, table, desk);
    } catch (error) {
      await dataset.close();
      throw error;
    }
  }

  /** The matrix gene by gene: from an index that is kept, or else one pass, begun when it is first asked for. */
  genes(): Promise<GeneColumns> {
    if (this.#genes === undefined) {
      const reading = this.#readGenes();
      // A pass that failed may succeed when the file is back.
      reading.catch(() => (this.#genes = undefined));
      this.#genes = reading;
    }
    return this.#genes;
  }

  async #readGenes(): Promise<GeneColumns> {
    const { home, limits, progress, say } = this.#desk;
    const place = await indexPlace(home, this.record, this.matrix);
    return GeneColumns.read(this.matrix.source, progress, this.#stop.signal, { ...limits, place, say });
  }

  /** Throws a UserError where the data have no positions. */
  positions(): Positions {
    if (!this.coordinates) {
      throw new UserError(
        `${this.record.choice.path} has no cell positions, so there is no map; import it again with a table of positions.`,
        { file: this.record.choice.path },
      );
    }
    this.#positions ??= positionsOf(this.coordinates, this.sections?.codes ?? null);
    return this.#positions;
  }

  async close(): Promise<void> {
    this.#stop.abort();
    await (await this.#genes?.catch(() => undefined))?.settled();
    await this.#dataset.close();
  }
}

function positionsOf({ dimensions, values }: Coordinates, sections: Uint16Array | null): Positions {
  const cells = values.length / dimensions;
  const origin: [number, number] = [smallest(values, dimensions, 0), smallest(values, dimensions, 1)];
  const xy = new Float32Array(2 * cells);
  for (let cell = 0; cell < cells; cell++) {
    xy[2 * cell] = values[cell * dimensions]! - origin[0];
    xy[2 * cell + 1] = values[cell * dimensions + 1]! - origin[1];
  }
  return { xy, origin, sections, spacing: spacingOf(xy, sections) };
}

function smallest(values: Float64Array, step: number, from: number): number {
  let low = Infinity;
  for (let at = from; at < values.length; at += step) if (values[at]! < low) low = values[at]!;
  return Number.isFinite(low) ? low : 0;
}

/** Sections may lie over each other, so neighbours are looked for within the first cell's alone. */
function spacingOf(xy: Float32Array, sections: Uint16Array | null): number {
  const all = Uint32Array.from({ length: xy.length / 2 }, (_, cell) => cell);
  const grid = pointGrid(xy, sections === null ? all : all.filter((cell) => sections[cell] === sections[0]));
  const spacing = medianSpacing(grid);
  if (spacing > 0) return spacing;
  const [left, top, right, bottom] = boundsOf(xy, grid.items);
  return Math.max(right - left, bottom - top, 1) / 20;
}
