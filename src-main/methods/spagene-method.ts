import type { Hyperparameters } from '../../src-shared/domain/run-config.ts';
import type { Fit, FitProgress, Method, MethodInput } from './method.ts';
import type { MethodData } from './predictor.ts';
import { deliver } from './spagene.ts';
import { trainMembers, type TrainedMember } from './train-members.ts';
import { trainingSample } from './training-sample.ts';

const SOURCE = 'Budhkar et al., SpaGene, bioRxiv 2025.10.03.680242';

/** Which hyperparameters a method of this family runs with, and what it is called. */
export interface SpageneVariant {
  readonly name: string;
  readonly title: string;
  readonly parameters: Hyperparameters;
  /** Methods of one group share their trained networks. */
  readonly group: string;
}

/**
 * SpaGene as a method of an evaluation: trains the networks that `impute` would train and puts together what
 * `impute` would deliver (docs/method.md). The networks go to the input's store, so that a second method of the
 * same group, such as the network alone, finds them there.
 */
export function spageneMethod({ name, title, parameters, group }: SpageneVariant): Method {
  return { name, title, kind: 'spagene', source: SOURCE, group, fit: (input) => fit(input, parameters) };
}

async function* fit(input: MethodInput, parameters: Hyperparameters): AsyncGenerator<FitProgress, Fit> {
  const { data, seed, store, stop } = input;
  const sample = trainingSample(data, parameters['train.maxCells'], seed);
  const training = trainMembers(sample, parameters, seed, store, stop);
  let members: TrainedMember[];
  for (;;) {
    const next = await training.next();
    if (next.done === true) {
      members = next.value;
      break;
    }
    yield { kind: 'losses', point: next.value, members: parameters['ensemble.members'] };
  }
  const { predictor, forecast } = await deliver(data, sample, members, parameters, stop);
  const expected = await forecast?.of(input.targets, stop);
  return { predictor, departures: departures(data, sample), ...(expected && { expected }) };
}

function departures(data: MethodData, sample: MethodData): string[] {
  const drawn = (['spatial', 'reference'] as const).flatMap((domain) => {
    const [used, all] = [sample[domain].values.rows, data[domain].values.rows];
    return used === all ? [] : [`${used} of ${all} ${domain} cells`];
  });
  return drawn.length === 0 ? [] : [`Networks were trained on ${drawn.join(' and ')}, drawn at random.`];
}
