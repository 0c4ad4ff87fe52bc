import { Random } from '../../src-shared/maths/random.ts';
import { rowRange } from '../matrix/affine-view.ts';

/** A part of the spatial cells that is mapped on its own, and the sources it is mapped from. */
export interface MappingBlock {
  readonly spots: Int32Array;
  readonly sources: Int32Array;
}

export interface BlockPlan {
  readonly blocks: readonly MappingBlock[];
  readonly departures: readonly string[];
}

export interface BlockLimits {
  /** Entries (sources × spots) of a mapping. Each takes about 30 bytes: logit, two moments, softmax, gradient. */
  readonly entries: number;
  /** Sources of a mapping. */
  readonly sources: number;
}

/** About 1.5 GB of memory; and no more sources than can be trained in hours with 100,000 spots. */
export const BLOCK_LIMITS: BlockLimits = { entries: 50_000_000, sources: 5_000 };

/**
 * One block where the mapping fits the limits. Otherwise the spatial cells are dealt out at random into as few
 * blocks of equal size as do; above the limit of sources each block takes its own random sample of them.
 */
export function planBlocks(
  spots: number,
  sources: number,
  seed: number,
  limits: BlockLimits = BLOCK_LIMITS,
): BlockPlan {
  const random = new Random(seed, 'tangram blocks');
  const used = Math.min(sources, limits.sources);
  const count = Math.ceil(spots / Math.max(1, Math.floor(limits.entries / used)));
  const order = count > 1 ? random.permutation(spots) : rowRange(0, spots);
  const blocks = Array.from({ length: count }, (_, b) => ({
    spots: order.filter((_spot, i) => i % count === b).sort(),
    sources: used < sources ? random.permutation(sources).subarray(0, used).sort() : rowRange(0, sources),
  }));
  const departures: string[] = [];
  if (count > 1) {
    departures.push(
      `The spatial cells were mapped in ${count} random blocks of about ${Math.ceil(spots / count)}.`,
    );
  }
  if (used < sources) {
    departures.push(
      `${count > 1 ? 'Each block' : 'The mapping'} uses a random ${used} of the ${sources} reference cells.`,
    );
  }
  return { blocks, departures };
}
