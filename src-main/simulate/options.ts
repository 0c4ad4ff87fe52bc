import { UserError } from '../../src-shared/contract/errors.ts';

export const scenarioNames = ['cortex', 'tumour'] as const;
export type ScenarioName = (typeof scenarioNames)[number];

/** How much is simulated, and the seed. */
export interface Sizes {
  /** Cells of the spatial assay. */
  readonly cells: number;
  /** Genes of the reference; the spatial assay sees only a panel of them. */
  readonly genes: number;
  /** Cells of the single-cell reference. */
  readonly referenceCells: number;
  readonly seed: number;
}

/** What a simulated tissue looks like from outside. */
export interface SimulationOptions extends Sizes {
  /** Genes of the spatial assay; a tenth of all (tumour: two fifteenths), at least ten, unless said otherwise. */
  readonly panelGenes?: number;
  /** A layered cortex unless said otherwise. */
  readonly scenario?: ScenarioName;
  /** Tumour only: whether the planted set follows the infiltration (true unless said otherwise) or is noise. */
  readonly pathway?: boolean;
}

export type ResolvedOptions = Required<SimulationOptions>;

export const simulationDefaults: Sizes = { cells: 3000, genes: 1000, referenceCells: 1500, seed: 1 };
const tumourDefaults: Sizes = { cells: 6000, genes: 1500, referenceCells: 2500, seed: 1 };

/** The sizes of a scenario where nothing else is said. */
export function defaultSizes(scenario: ScenarioName = 'cortex'): Sizes {
  return scenario === 'tumour' ? tumourDefaults : simulationDefaults;
}

/** Members of the planted set: 40, fewer where there are few genes. */
export function plantedGenes(genes: number): number {
  return Math.min(40, Math.floor(genes / 10));
}
/** Most of them that the panel holds. */
export const plantedInPanel = 2;

const limits = {
  cortex: {
    cells: [10, 10_000_000],
    genes: [50, 100_000],
    referenceCells: [10, 1_000_000],
    seed: [0, Number.MAX_SAFE_INTEGER],
  },
  tumour: {
    cells: [500, 10_000_000],
    genes: [300, 100_000],
    referenceCells: [100, 1_000_000],
    seed: [0, Number.MAX_SAFE_INTEGER],
  },
} as const;

/** Fills in what is left open and checks the rest. Throws a UserError (usage) that names the option and its range. */
export function checkOptions(options: SimulationOptions): ResolvedOptions {
  const scenario = checkScenario(options.scenario ?? 'cortex');
  for (const name of ['cells', 'genes', 'referenceCells', 'seed'] as const) {
    checkRange(name, options[name], limits[scenario][name][0], limits[scenario][name][1]);
  }
  const isTumour = scenario === 'tumour';
  if (options.pathway !== undefined && !isTumour) {
    throw new UserError(
      'Only the scenario tumour has a planted pathway: --no-pathway needs --scenario tumour.',
      {},
      'usage',
    );
  }
  const share = isTumour ? 2 / 15 : 1 / 10;
  const panelGenes = options.panelGenes ?? Math.max(10, Math.round(options.genes * share));
  const hidden = isTumour ? plantedGenes(options.genes) - plantedInPanel : 1;
  checkRange('panelGenes', panelGenes, 10, options.genes - hidden);
  return { ...options, panelGenes, scenario, pathway: isTumour && options.pathway !== false };
}

function checkScenario(scenario: string): ScenarioName {
  const found = scenarioNames.find((name) => name === scenario);
  if (found !== undefined) return found;
  throw new UserError(
    `There is no scenario "${scenario}"; choose one of ${scenarioNames.join(', ')}.`,
    {},
    'usage',
  );
}

function checkRange(name: string, value: number, low: number, high: number): void {
  if (Number.isSafeInteger(value) && value >= low && value <= high) return;
  throw new UserError(
    `The simulation needs ${name} to be a whole number from ${low} to ${high}, not ${value}.`,
    {},
    'usage',
  );
}
