import { UserError } from '../../src-shared/contract/errors.ts';
import { presetParameters, type RunConfig } from '../../src-shared/domain/run-config.ts';
import { bestGene } from '../methods/best-gene.ts';
import { clusterMean } from '../methods/cluster-mean.ts';
import { knnFloor, ridgeFloor } from '../methods/floors.ts';
import { gimvi } from '../methods/gimvi.ts';
import type { Method } from '../methods/method.ts';
import { spage } from '../methods/spage.ts';
import { spageneMethod } from '../methods/spagene-method.ts';
import { tangram, tangramClusters } from '../methods/tangram.ts';

/** Every method, in the order of tables and figures. */
export function allMethods({ parameters }: RunConfig): readonly Method[] {
  return [
    spageneMethod({ name: 'spagene', title: 'SpaGene', parameters, group: 'spagene' }),
    spageneMethod({
      name: 'spagene-network',
      title: 'SpaGene, network alone',
      parameters: { ...parameters, 'blend.floors': 'none', 'blend.depth': 'none' },
      group: 'spagene',
    }),
    spageneMethod({
      name: 'spagene-paper',
      title: 'SpaGene, as published',
      parameters: presetParameters('paper'),
      group: 'spagene-paper',
    }),
    spage,
    tangram,
    tangramClusters,
    gimvi,
    ridgeFloor,
    knnFloor,
    clusterMean,
    bestGene,
  ];
}

/** Methods run when none is named. */
export const USUAL_METHODS = [
  'spagene',
  'spagene-network',
  'spagene-paper',
  'spage',
  'tangram',
  'gimvi',
  'ridge',
  'knn',
  'cluster-mean',
  'best-gene',
] as const;

/** Those that take long come first, so that processes side by side end together. */
export const LONGEST_FIRST = ['spagene-paper', 'gimvi', 'tangram', 'spagene'] as const;

/** The methods of these names. Throws a UserError that lists the known ones. */
export function methodsNamed(names: readonly string[], config: RunConfig): Method[] {
  const known = allMethods(config);
  const unknown = names.find((name) => !known.some((method) => method.name === name));
  if (unknown === undefined) return known.filter((method) => names.includes(method.name));
  throw new UserError(
    `There is no method "${unknown}"; the methods are ${known.map(({ name }) => name).join(', ')}.`,
    {},
    'usage',
  );
}
