import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** test/reference/trajectory.json: numbers of POT, SciPy, scikit-learn, umap-learn and leidenalg. */
export interface TrajectoryReference {
  readonly transports: readonly {
    readonly regularisation: number;
    readonly cost: number[];
    readonly a: number[];
    readonly b: number[];
    readonly plan: number[];
  }[];
  readonly trajectory: {
    readonly components: number;
    readonly principalComponents: number[];
    readonly positions: number[];
    readonly planted: number[];
    readonly runs: readonly {
      readonly expressionWeight: number;
      readonly startCells: number[];
      readonly transition: number[];
    }[];
  };
  readonly ridges: {
    readonly from: number;
    readonly to: number;
    readonly points: number;
    readonly groups: readonly {
      readonly values: number[];
      readonly bandwidth: number;
      readonly density: number[];
    }[];
  };
  readonly labels: {
    readonly k: number;
    readonly dimensions: number;
    readonly reference: number[];
    readonly spatial: number[];
    readonly codes: number[];
    readonly predictions: number[];
    readonly confidence: number[];
  };
  readonly clusters: {
    readonly dimensions: number;
    readonly k: number;
    readonly points: number[];
    readonly truth: number[];
    readonly trustworthiness: number;
    readonly leiden: readonly {
      readonly resolution: number;
      readonly modularity: number;
      readonly quality: number;
      readonly communities: number;
      readonly adjustedRand: number;
      readonly membership: number[];
    }[];
  };
}

export const trajectoryReference = JSON.parse(
  readFileSync(join(import.meta.dirname, '../reference/trajectory.json'), 'utf8'),
) as TrajectoryReference;
