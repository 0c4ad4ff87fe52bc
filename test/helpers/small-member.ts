import { memberData, type MemberData } from '../../src-main/methods/member.ts';
import type { MethodData } from '../../src-main/methods/predictor.ts';
import { Random } from '../../src-shared/maths/random.ts';
import { parameters } from '../main/train/small-training.ts';

/** Networks that train for a few steps. */
export const smallParameters = { ...parameters, 'ensemble.members': 1 };

/** A pair of small datasets: 70 × 15 spatial, 50 × 40 reference, the panel shared. */
export function smallData(): MethodData {
  const random = new Random(3, 'small pair');
  const domain = (rows: number, columns: number) => ({
    values: { rows, columns, values: Float32Array.from({ length: rows * columns }, () => random.normal()) },
    mean: new Float64Array(columns),
    sd: new Float64Array(columns).fill(1),
  });
  const all = Int32Array.from({ length: 15 }, (_, i) => i);
  const shared = {
    names: Array.from(all, (i) => `gene ${i}`),
    spatial: all,
    reference: all.map((i) => 2 * i),
  };
  return { spatial: domain(70, 15), reference: domain(50, 40), shared } as never;
}

/** What the first network of an ensemble sees of them. */
export function smallMember(): MemberData {
  return memberData(smallData(), smallParameters, 0, 1);
}
