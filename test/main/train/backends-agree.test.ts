import { describe, expect, it } from 'vitest';
import { listBackends, selectBackend, type BackendName } from '../../../src-main/backend/select.ts';
import { AutoencoderTraining } from '../../../src-main/train/autoencoder-training.ts';
import type { Stage } from '../../../src-main/train/stage.ts';
import { parameters, st, translation } from './small-training.ts';

const tenSteps = { 'train.maxStepsStage1': 10, 'train.maxStepsStage2': 10 } as const;

/** Loss terms and weights after ten steps from the same weights. */
async function trained(backend: BackendName, create: () => Stage | Promise<Stage>) {
  await selectBackend(backend, { threads: 1 });
  const stage = await create();
  const terms: number[] = [];
  for await (const point of stage.run()) terms.push(...Object.values(point.terms));
  const weights = [...stage.finish().values()].flatMap(({ layers }) =>
    layers.map((layer) => [...layer.weights.dataSync()]),
  );
  stage.dispose();
  return { terms, weights };
}

const stages: Readonly<Record<string, () => Stage | Promise<Stage>>> = {
  autoencoder: () =>
    new AutoencoderTraining(st, {
      domain: 'st',
      member: 0,
      seed: 5,
      parameters: { ...parameters, ...tenSteps },
    }),
  translation: () => translation(tenSteps),
};

const others = (await listBackends())
  .filter(({ name, usable }) => usable && name !== 'wasm' && name !== 'gpu')
  .map(({ name }) => name);

describe.each(Object.keys(stages))('after ten steps of the %s', (stage) => {
  it.each(others)('wasm and %s agree to 1e-4', async (other) => {
    const [ours, theirs] = [await trained('wasm', stages[stage]!), await trained(other, stages[stage]!)];
    for (const [i, term] of theirs.terms.entries()) {
      expect(Math.abs(ours.terms[i]! - term)).toBeLessThan(1e-4 * Math.max(1, Math.abs(term)));
    }
    for (const [i, layer] of theirs.weights.entries()) {
      const largest = Math.max(...layer.map(Math.abs));
      for (const [j, weight] of layer.entries()) {
        expect(Math.abs(ours.weights[i]![j]! - weight)).toBeLessThan(1e-4 * largest);
      }
    }
  });
});
