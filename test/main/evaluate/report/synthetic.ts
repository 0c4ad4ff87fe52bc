import { GENE_METRICS, SMALLER_IS_BETTER } from '../../../../src-shared/domain/evaluation.ts';
import type {
  Comparison,
  EvaluatedGene,
  EvaluatedMethod,
  EvaluationMaps,
  EvaluationReport,
  GeneRow,
  SummaryRow,
} from '../../../../src-shared/domain/evaluation.ts';
import { bestBy, geneMeans } from '../../../../src-shared/domain/gene-means.ts';
import { verdictOf } from '../../../../src-shared/domain/verdict.ts';
import { pearson } from '../../../../src-shared/maths/metrics.ts';
import { Random } from '../../../../src-shared/maths/random.ts';
import { mean, median, standardDeviation } from '../../../../src-shared/maths/statistics.ts';

/** An evaluation that never took place, complete enough to draw. */
export interface Synthetic {
  readonly report: EvaluationReport;
  readonly rows: readonly GeneRow[];
  readonly maps: EvaluationMaps;
  readonly expected: readonly { gene: string; expected: number; achieved: number }[];
}

const METHODS: readonly (readonly [string, string, EvaluatedMethod['kind'], number])[] = [
  ['ridge', 'Ridge regression', 'floor', 0.215],
  ['knn', '50 nearest neighbours', 'floor', 0.2],
  ['cluster-mean', 'Cluster mean', 'floor', 0.12],
  ['best-gene', 'Most correlated panel gene', 'floor', 0.14],
  ['spage', 'SpaGE', 'peer', 0.19],
  ['tangram', 'Tangram, cells', 'peer', 0.18],
  ['tangram-clusters', 'Tangram, clusters', 'peer', 0.13],
  ['gimvi', 'gimVI', 'peer', 0.16],
  ['spagene', 'SpaGene', 'spagene', 0.25],
  ['spagene-network', 'SpaGene, network alone', 'spagene', 0.235],
  ['spagene-paper', 'SpaGene, as published', 'spagene', 0.205],
];

const round = (value: number): number => Math.round(value * 1e6) / 1e6;

/** Scores, maps and report of 11 methods, seeded. */
export function synthetic(
  options: { genes?: number; cells?: number; mapGenes?: number; methods?: readonly string[] } = {},
): Synthetic {
  const random = new Random(7, 'synthetic evaluation');
  const chosen = METHODS.filter(([name]) => options.methods?.includes(name) ?? true);
  const genes = Array.from({ length: options.genes ?? 156 }, (_, i) => geneOf(i, random));
  const rows = chosen.flatMap(([method, , , level]) =>
    genes.flatMap((gene) => [1, 2].map((seed) => rowOf(gene, method, seed, level, random))),
  );
  const methods = chosen.map(([name, title, kind]): EvaluatedMethod => ({
    name,
    title,
    kind,
    source: `${title}: Author et al., “A method”, Journal 1 (2020), doi:10.0000/${name}`,
    departures: name.startsWith('tangram') ? ['Spatial cells are mapped in random blocks of 2,000.'] : [],
    secondsPerFold: round(1 + 60 * random.uniform()),
  }));
  const summary = summaryOf(rows);
  const leader = chosen.some(([name]) => name === 'spagene')
    ? 'spagene'
    : bestBy('pcc', methods, summary)!.name;
  const comparisons = comparisonsOf(rows, leader);
  const expected = genes.map(({ gene }) => {
    const achieved = rows.find((row) => row.gene === gene)!.pcc;
    return { gene, achieved, expected: round(0.6 * achieved + 0.1 + 0.08 * random.normal()) };
  });
  const report: EvaluationReport = {
    format: 'spagene-evaluation',
    formatVersion: 1,
    versions: { spagene: '0.1.0', node: 'v24.0.0' },
    dataset: 'synthetic-cortex',
    backend: 'native CPU',
    files: [
      { role: 'spatial', path: '/data/synthetic/spatial.h5ad', sha256: 'ab'.repeat(32) },
      { role: 'reference', path: '/data/synthetic/reference.h5ad', sha256: 'cd'.repeat(32) },
    ],
    cells: { spatial: options.cells ?? 3000, reference: 12005 },
    folds: 5,
    foldsRun: [0, 1, 2, 3, 4],
    foldRule: 'name',
    seeds: [1, 2],
    genes,
    methods,
    summary,
    comparisons,
    expected: { method: 'spagene', genes: genes.length, spearman: 0.61, meanAbsoluteError: 0.081 },
    verdict: verdictOf(summary, comparisons, methods, rows, { folds: 5, foldsRun: [0, 1, 2, 3, 4] }),
    warnings: ['12 cells have the same position as another cell.'],
  };
  return {
    report,
    rows,
    maps: mapsOf(options.cells ?? 3000, genes.slice(0, options.mapGenes ?? 4), chosen, random),
    expected,
  };
}

function geneOf(i: number, random: Random): EvaluatedGene {
  const level = Math.exp(1.3 * random.normal() - 1);
  return {
    gene: `Gene${String(i + 1)}`,
    fold: i % 5,
    meanSpatial: round(level * Math.exp(0.5 * random.normal())),
    sparsitySpatial: round(Math.exp(-1.6 * level)),
    meanReference: round(level),
    sparsityReference: round(Math.exp(-level)),
  };
}

function rowOf(gene: EvaluatedGene, method: string, seed: number, level: number, random: Random): GeneRow {
  // A gene is easy or hard for every method alike.
  const own = new Random(11, gene.gene);
  const easy = 0.14 * own.normal() - 0.15 * (gene.sparsitySpatial - 0.6);
  const pcc = Math.max(-0.2, Math.min(0.9, level + easy + 0.06 * random.normal()));
  const rmse = Math.sqrt(2 * (1 - pcc));
  return {
    dataset: 'synthetic-cortex',
    method,
    seed,
    fold: gene.fold,
    gene: gene.gene,
    pcc,
    spearman: pcc * 0.9 + 0.02 * random.normal(),
    ssim: 0.15 + pcc + 0.04 * random.normal(),
    ssim_li2022: 0.1 + pcc + 0.04 * random.normal(),
    rmse,
    mae: rmse * 0.75 + 0.02 * random.normal(),
    moran_measured: 0.3 + easy,
    moran_imputed: 0.5 + easy,
  };
}

function summaryOf(rows: readonly GeneRow[]): SummaryRow[] {
  return [...geneMeans(rows)].flatMap(([method, genes]) =>
    GENE_METRICS.map((metric) => {
      const values = [...genes.values()].map((gene) => gene[metric]);
      const half = (1.96 * standardDeviation(values, 1)) / Math.sqrt(values.length);
      const centre = mean(values);
      return {
        method,
        metric,
        genes: values.length,
        mean: centre,
        median: median(values),
        low: centre - half,
        high: centre + half,
      };
    }),
  );
}

/** With a p by the normal approximation of the sign test: only to have one. */
function comparisonsOf(rows: readonly GeneRow[], a: string): Comparison[] {
  const scores = geneMeans(rows);
  return [...scores.keys()]
    .filter((b) => b !== a)
    .flatMap((b) =>
      GENE_METRICS.map((metric): Comparison => {
        const differences = [...scores.get(a)!.values()].map(
          (gene) => gene[metric] - scores.get(b)!.get(gene.gene)![metric],
        );
        const sign = SMALLER_IS_BETTER.has(metric) ? -1 : 1;
        const wins = differences.filter((value) => sign * value > 0).length;
        const z = Math.abs(wins - differences.length / 2) / (Math.sqrt(differences.length) / 2);
        const p = Math.min(1, 2 * Math.exp(-(z ** 2) / 2));
        return {
          metric,
          a,
          b,
          genes: differences.length,
          wins,
          meanDifference: mean(differences),
          p,
          pHolm: Math.min(1, 10 * p),
        };
      }),
    );
}

/** Cells in a bent ribbon of layers with a hole, each gene high in some layers. */
function mapsOf(
  cells: number,
  genes: readonly EvaluatedGene[],
  methods: readonly (readonly [string, string, string, number])[],
  random: Random,
): EvaluationMaps {
  const positions = new Float64Array(2 * cells);
  const depth = new Float64Array(cells);
  for (let cell = 0; cell < cells;) {
    const [angle, radius] = [0.3 + 2.5 * random.uniform(), 800 + 900 * random.uniform()];
    const [x, y] = [radius * Math.cos(angle), radius * Math.sin(angle)];
    if (Math.hypot(x - 300, y - 1250) < 130) continue;
    positions.set([x, y], 2 * cell);
    depth[cell++] = (radius - 800) / 900;
  }
  return {
    positions,
    unit: 'micrometre',
    genes: genes.map(({ gene }, g) => {
      const layer = (g + 0.5) / genes.length;
      const signal = depth.map((d) => Math.exp(-(((d - layer) / 0.12) ** 2)));
      const measured = Float32Array.from(signal, (s) =>
        Math.sqrt(Math.max(0, Math.round(4 * s + 0.8 * random.normal()))),
      );
      const imputed = methods.map(([method, , , level]) => {
        const values = Float32Array.from(signal, (s) => 0.4 + level * 2 * s + 0.25 * random.normal());
        return { method, values, pcc: pearson(measured, values) };
      });
      return { gene, measured, imputed };
    }),
  };
}
