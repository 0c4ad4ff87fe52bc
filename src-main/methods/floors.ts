import type { Fit, FitProgress, Method, MethodInput } from './method.ts';
import { neighbourPredictor } from './nearest-neighbours.ts';
import type { Predictor } from './predictor.ts';
import { RIDGE_ALPHA, ridgePredictor, RidgeEquations } from './ridge.ts';

function floor(
  name: string,
  title: string,
  source: string,
  predictorFor: (input: MethodInput) => Predictor,
): Method {
  // eslint-disable-next-line require-yield, @typescript-eslint/require-await -- done in a moment
  async function* fit(input: MethodInput): AsyncGenerator<FitProgress, Fit> {
    return { predictor: predictorFor(input), departures: [] };
  }
  return { name, title, kind: 'floor', source, fit };
}

/** Ridge regression from the training genes, α = 100 ({@link ridgePredictor}). */
export const ridgeFloor: Method = floor(
  'ridge',
  'Ridge regression',
  'Hoerl & Kennard 1970, Technometrics 12:55',
  ({ data, targets }) => ridgePredictor(data, new RidgeEquations(data), { targets, alpha: RIDGE_ALPHA }),
);

/** Mean of the 50 nearest reference cells ({@link neighbourPredictor}). */
export const knnFloor: Method = floor(
  'knn',
  'Nearest neighbours',
  'Weighted mean of the 50 most similar reference cells',
  ({ data }) => neighbourPredictor(data),
);
