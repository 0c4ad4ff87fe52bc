// gimVI against scvi-tools' GIMVI (test/reference/gimvi-scvi.json): mean held-out PCC by pair, fold and seed, and
// seconds a fold (needs ../shared/data). Options by environment: PAIRS=a,b FOLDS=0,1 SEEDS=1,2,3,4,5 BACKEND=auto
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load, root } from './support/bundle.mjs';

const data = join(root, '..', 'shared', 'data');
const ours = await load(
  {
    text: `
      export { selectBackend } from './src-main/backend/select.ts';
      export { openEvaluation } from './src-main/evaluate/evaluation.ts';
      export { genesOfFold, prepareFold } from './src-main/evaluate/fold.ts';
      export { runMethod } from './src-main/evaluate/run-method.ts';
      export { openDataset } from './src-main/io/registry.ts';
      export { gimvi } from './src-main/methods/gimvi.ts';
      export { presetParameters } from './src-shared/domain/run-config.ts';
      export { pearson } from './src-shared/maths/metrics.ts';
      export { mean, standardDeviation } from './src-shared/maths/statistics.ts';`,
  },
  'gimvi',
);

const env = process.env;
const list = (text, fallback) => text?.split(',') ?? fallback;
const theirs = JSON.parse(readFileSync(join(root, 'test/reference/gimvi-scvi.json'), 'utf8')).runs;
const pairs = list(env.PAIRS, [...new Set(theirs.map(({ pair }) => pair))]);
const folds = list(env.FOLDS, ['0', '1']).map(Number);
const seeds = list(env.SEEDS, ['1', '2', '3', '4', '5']).map(Number);
const files = JSON.parse(readFileSync(join(data, 'pairs/pairs.json'), 'utf8'));
const { label } = await ours.selectBackend(env.BACKEND ?? 'auto', { threads: 1 });

async function finished(generator) {
  for (;;) {
    const { done, value } = await generator.next();
    if (done) return value;
  }
}

async function openPair(name) {
  const pair = files.find((entry) => entry.name === name);
  const spatial = await ours.openDataset(join(data, pair.spatial_counts));
  const reference = await ours.openDataset(join(data, pair.reference_counts));
  const inputs = { spatial: await spatial.open(), reference: await reference.open() };
  const parameters = ours.presetParameters('recommended');
  return ours.openEvaluation(inputs, { preset: 'recommended', seed: 1, genes: [], parameters });
}

const summary = (values) =>
  `${ours.mean(values).toFixed(4)} ± ${ours.standardDeviation(values, 1).toFixed(4)}`;

console.log(label);
console.log('pair              fold  gimvi (sd of seeds)  scvi-tools           difference  s/fold');
for (const pair of pairs) {
  const evaluation = await openPair(pair);
  for (const fold of folds) {
    const golden = theirs.filter((run) => run.pair === pair && run.fold === fold);
    const scores = [];
    const seconds = [];
    for (const seed of seeds) {
      const ready = await ours.prepareFold(
        evaluation,
        ours.genesOfFold(evaluation, { folds: 5, rule: 'name' }, seed, fold),
      );
      const made = await finished(ours.runMethod(ours.gimvi, ready, undefined));
      scores.push(ours.mean(ready.truth.map((truth, i) => ours.pearson(truth, made.imputed[i]))));
      seconds.push(made.seconds);
    }
    if (env.EACH) console.log(scores.map((score) => score.toFixed(4)).join(' '));
    const reference = golden.map(({ rate }) => ours.mean(rate));
    console.log(
      `${pair.padEnd(17)} ${fold}     ${summary(scores).padEnd(20)} ${summary(reference).padEnd(20)} ` +
        `${(ours.mean(scores) - ours.mean(reference)).toFixed(4).padStart(7)}     ${ours.mean(seconds).toFixed(1)}`,
    );
  }
}
process.exit(0);
