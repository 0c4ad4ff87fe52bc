import type { Random } from '../../src-shared/maths/random.ts';

/** Waves of which a field is the sum. */
const WAVES = 60;

/** Points all over the unit square: x and y by turns. */
export function scattered(points: number, random: Random): Float64Array {
  return Float64Array.from({ length: 2 * points }, () => random.uniform());
}

/**
 * A smooth random field at points of a plane, variance about 1, with the covariance exp(−d² / 2 length²), as a sum of
 * waves of random direction (Rahimi & Recht 2007).
 */
export function smoothField(points: Float64Array, length: number, random: Random): Float64Array {
  const field = new Float64Array(points.length / 2);
  for (let wave = 0; wave < WAVES; wave++) {
    const [a, b] = [random.normal() / length, random.normal() / length];
    const phase = 2 * Math.PI * random.uniform();
    for (let i = 0; i < field.length; i++) {
      field[i] =
        field[i]! + Math.cos(a * points[2 * i]! + b * points[2 * i + 1]! + phase) * Math.sqrt(2 / WAVES);
    }
  }
  return field;
}
