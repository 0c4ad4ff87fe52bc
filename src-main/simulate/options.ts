import { UserError } from '../../src-shared/contract/errors.ts';

/** What a simulated tissue looks like from outside. */
export interface SimulationOptions {
  /** Cells of the spatial assay. */
  readonly cells: number;
  /** Genes of the reference; the spatial assay sees only a panel of them. */
  readonly genes: number;
  /** Cells of the single-cell reference. */
  readonly referenceCells: number;
  readonly seed: number;
  /** Genes of the spatial assay; a tenth of all, at least ten, unless said otherwise. */
  readonly panelGenes?: number;
}

export const simulationDefaults: SimulationOptions = {
  cells: 3000,
  genes: 1000,
  referenceCells: 1500,
  seed: 1,
};

const limits = {
  cells: [10, 10_000_000],
  genes: [50, 100_000],
  referenceCells: [10, 1_000_000],
  seed: [0, Number.MAX_SAFE_INTEGER],
} as const;

/** Fills in the panel and checks the sizes. Throws a UserError (usage) that names the option and its range. */
export function checkOptions(options: SimulationOptions): Required<SimulationOptions> {
  for (const name of ['cells', 'genes', 'referenceCells', 'seed'] as const) {
    checkRange(name, options[name], limits[name][0], limits[name][1]);
  }
  const panelGenes = options.panelGenes ?? Math.max(10, Math.round(options.genes / 10));
  checkRange('panelGenes', panelGenes, 10, options.genes - 1);
  return { ...options, panelGenes };
}

function checkRange(name: string, value: number, low: number, high: number): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new UserError(
    `The simulation needs ${name} to be a whole number from ${low} to ${high}, not ${value}.`,
    {},
    'usage',
  );
}
