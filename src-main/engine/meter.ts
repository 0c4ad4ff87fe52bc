/** Seconds and memory of one part of a run. */
export interface Measured {
  readonly name: string;
  readonly seconds: number;
  /** Largest resident memory of the process until the end of this part. */
  readonly peakMemoryBytes: number;
}

/** Measures the parts of a run one after the other. */
export class Meter {
  readonly #parts: Measured[] = [];

  /** Runs and measures one part, also when it fails. */
  async part<T>(name: string, work: () => Promise<T>): Promise<T> {
    const start = performance.now();
    try {
      return await work();
    } finally {
      const seconds = Math.round(performance.now() - start) / 1000;
      this.#parts.push({ name, seconds, peakMemoryBytes: peakMemory() });
    }
  }

  get parts(): readonly Measured[] {
    return this.#parts;
  }
}

/** Largest resident memory of this process so far, in bytes. */
export function peakMemory(): number {
  return process.resourceUsage().maxRSS * 1024;
}
