import type { Trial, TrialScore } from '../../src-shared/domain/tuning.ts';
import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import { Random } from '../../src-shared/maths/random.ts';

/** Sets of genes that the trials of each round have been through at its end. */
export const RUNG_SPLITS = [1, 2, 4] as const;
/** Parts that the genes are dealt out to; each is set aside once. */
export const SPLITS = 5;

/** Ranges of the weights; drawn evenly on a log scale. */
const WEIGHTS = {
  'lambda.gan': [1e-4, 1e-1],
  'lambda.cycle': [1, 12],
  'lambda.identity': [2, 30],
  'lambda.mmd': [0.03, 3],
  'lambda.coral': [0.03, 3],
  'lambda.panel': [1, 15],
} as const;

const FACTORS = [0.5, 1, 2] as const;
const SMALLEST_LATENT = 4;

/** Settings to try: the base itself, then random ones, each of which moves about half of the hyperparameters. */
export function drawTrials(base: Hyperparameters, count: number, seed: number): Trial[] {
  return Array.from({ length: count }, (_, trial) => ({
    trial,
    changes: trial === 0 ? {} : drawChanges(base, new Random(seed, `trial ${trial}`)),
  }));
}

function drawChanges(base: Hyperparameters, random: Random): Partial<Hyperparameters> {
  const changes: Record<string, number> = {};
  const moved = () => random.uniform() < 0.5;
  for (const [name, [low, high]] of Object.entries(WEIGHTS)) {
    if (moved()) changes[name] = rounded(low * (high / low) ** random.uniform());
  }
  const scale = (name: keyof Hyperparameters & `${'network' | 'train'}.${string}`, least: number) => {
    const factor = FACTORS[random.below(FACTORS.length)]!;
    if (factor !== 1) changes[name] = Math.max(least, Math.round((base[name] as number) * factor));
  };
  if (moved()) scale('network.latentSt', SMALLEST_LATENT);
  if (moved()) scale('network.latentSc', SMALLEST_LATENT);
  if (moved()) scale(base['train.maxStepsStage1'] > 0 ? 'train.maxStepsStage1' : 'train.epochsStage1', 1);
  if (moved()) scale(base['train.maxStepsStage2'] > 0 ? 'train.maxStepsStage2' : 'train.epochsStage2', 1);
  return changes;
}

/** Two digits: nobody can tell .1234 from .12, and a config should be readable. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}

/**
 * Who goes on: the better half of a round (Jamieson & Talwalkar 2016, η = 2), at least two, and always trial 0, so
 * that the end compares with the base on the same genes.
 */
export function survivors(scores: readonly TrialScore[]): TrialScore[] {
  const ranked = scores.toSorted((a, b) => b.pcc - a.pcc || a.trial - b.trial);
  const best = ranked.slice(0, Math.max(2, Math.ceil(ranked.length / 2)));
  const base = ranked.find(({ trial }) => trial === 0);
  return base === undefined || best.includes(base) ? best : [...best.slice(0, -1), base];
}

/** Trainings that `count` trials take in all. */
export function trainings(count: number): number {
  let alive = count;
  let before = 0;
  let sum = 0;
  for (const splits of RUNG_SPLITS) {
    sum += alive * (splits - before);
    before = splits;
    alive = Math.min(alive, Math.max(2, Math.ceil(alive / 2)));
  }
  return sum;
}

/** Deals the genes out to the parts that are set aside in turn. */
export function splitGenes(names: readonly string[], seed: number): string[][] {
  const order = new Random(seed, 'tuning splits').permutation(names.length);
  return Array.from({ length: SPLITS }, (_, split) =>
    Array.from(
      order.filter((_gene, i) => i % SPLITS === split),
      (gene) => names[gene]!,
    ),
  );
}
