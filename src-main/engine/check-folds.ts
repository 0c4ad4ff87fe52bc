import { UserError } from '../../src-shared/contract/errors.ts';
import { foldOfGenes } from '../evaluate/evaluation.ts';
import { matchPair } from '../preprocess/process-pair.ts';
import { ruleOf, type EvaluationSettings } from './evaluation-settings.ts';
import type { Inputs } from './inputs.ts';

/** Throws a UserError, before anything is computed, when folds cannot be made or hold genes that the config has seen. */
export function checkFolds(
  settings: EvaluationSettings,
  { spatial, reference }: Pick<Inputs, 'spatial' | 'reference'>,
): void {
  const { names } = matchPair(spatial, reference);
  const seen = new Set(settings.config.seenGenes?.map((gene) => gene.toUpperCase()));
  for (const seed of settings.seeds) {
    const folds = foldOfGenes(names, ruleOf(settings), seed);
    for (const fold of settings.foldsAsked) {
      const known = names.filter((name, i) => folds[i] === fold && seen.has(name.toUpperCase()));
      if (known.length === 0) continue;
      throw new UserError(
        `Fold ${fold} holds ${known.length} genes that this config was tuned on (${known.slice(0, 3).join(', ')}), so ` +
          'its scores would be too good; evaluate only the fold that tune left out (--fold), with the same folds.',
        { element: known[0]! },
        'usage',
      );
    }
  }
}
