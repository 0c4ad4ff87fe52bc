import { drain } from '../../src-shared/contract/drain.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';
import { shareDone } from '../../src-shared/domain/loss-point.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import type { Trial } from '../../src-shared/domain/tuning.ts';
import { pearson } from '../../src-shared/maths/metrics.ts';
import type { Fold } from '../evaluate/fold.ts';
import { runMethod } from '../evaluate/run-method.ts';
import { spageneMethod } from '../methods/spagene-method.ts';
import { noStore } from '../methods/train-members.ts';

/** Trains one network with the trial's settings and scores it on the genes set aside. */
export async function trainTrial(
  config: RunConfig,
  { changes }: Trial,
  fold: Fold,
  progress: (share: number) => void,
  stop?: StopSignal,
): Promise<{ readonly pcc: number[]; readonly seconds: number }> {
  const parameters = {
    ...config.parameters,
    ...changes,
    // One network alone shows what a setting does; the ensemble and the blend would hide it.
    'ensemble.members': 1,
    'blend.floors': 'none',
    'blend.depth': 'none',
  } as const;
  const method = spageneMethod({ name: 'trial', title: 'trial', parameters, group: 'trial' });
  const running = runMethod(method, fold, noStore, stop);
  const { imputed, seconds } = await drain(running, (told) => {
    if (told.kind === 'losses') progress(shareDone(told.point, 1));
  });
  return { pcc: imputed.map((values, gene) => pearson(fold.truth[gene]!, values)), seconds };
}
