import type { Layer } from '../../../src-shared/contract/calls/map.ts';
import type { Result } from '../../../src-shared/contract/handlers.ts';
import { Percentiles } from '../../../src-shared/plot/percentiles.ts';
import type { EngineClient } from '../../engine/client.ts';

/** Bytes of vectors that are kept for the next look. */
const KEPT_BYTES = 256 * 2 ** 20;

/** Values of all cells, and how they are spread. */
export interface Vector {
  readonly values: Float32Array;
  readonly unit: string;
  readonly spread: Percentiles;
}

export type CellColumn = Result<'map:column'>;

/** The vectors of the map, fetched once and kept while there is room; the ones used longest ago leave first. */
export class Vectors {
  readonly #engine: EngineClient;
  readonly #limit: number;
  readonly #kept = new Map<string, { readonly value: Promise<unknown>; bytes: number }>();

  constructor(engine: EngineClient, limit = KEPT_BYTES) {
    this.#engine = engine;
    this.#limit = limit;
  }

  gene(run: string | null, gene: string, layer: Layer): Promise<Vector> {
    return this.#once(JSON.stringify([run, gene, layer]), async () => {
      const { values, unit } = await this.#engine.call('map:gene', { run, gene, layer });
      return [{ values, unit, spread: new Percentiles(values) }, values.byteLength];
    });
  }

  column(name: string): Promise<CellColumn> {
    return this.#once(JSON.stringify(['column', name]), async () => {
      const column = await this.#engine.call('map:column', { name });
      return [column, column.kind === 'category' ? column.codes.byteLength : column.values.byteLength];
    });
  }

  #once<T>(key: string, fetch: () => Promise<[T, number]>): Promise<T> {
    const known = this.#kept.get(key);
    if (known) {
      this.#kept.delete(key);
      this.#kept.set(key, known);
      return known.value as Promise<T>;
    }
    const entry = {
      value: fetch().then(([value, bytes]) => {
        entry.bytes = bytes;
        this.#makeRoom();
        return value;
      }),
      bytes: 0,
    };
    // What failed is asked for again.
    entry.value.catch(() => this.#kept.delete(key));
    this.#kept.set(key, entry);
    return entry.value;
  }

  #makeRoom(): void {
    let bytes = 0;
    for (const entry of this.#kept.values()) bytes += entry.bytes;
    for (const [key, entry] of this.#kept) {
      if (bytes <= this.#limit) return;
      if (entry.bytes === 0) continue;
      this.#kept.delete(key);
      bytes -= entry.bytes;
    }
  }
}
