import { describe, expect, it } from 'vitest';
import { transferLabels } from '../../../src-main/analysis/label-transfer.ts';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { plainProducts } from '../../../src-shared/maths/products.ts';
import { trajectoryReference } from '../../helpers/trajectory-reference.ts';

describe("label transfer against scikit-learn's KNeighborsClassifier", () => {
  const wanted = trajectoryReference.labels;
  const input = {
    reference: Float32Array.from(wanted.reference),
    spatial: Float32Array.from(wanted.spatial),
    dimensions: wanted.dimensions,
    labels: Int32Array.from(wanted.codes),
  };

  it('labels and shares of the vote', async () => {
    const { labels, confidence } = await transferLabels(input, { k: wanted.k });
    expect([...labels]).toEqual(wanted.predictions);
    wanted.confidence.forEach((share, cell) => expect(confidence[cell]).toBeCloseTo(share, 6));
  });

  it('uses the products that it is given', async () => {
    let calls = 0;
    const times: typeof plainProducts.times = (...of) => {
      calls++;
      return plainProducts.times(...of);
    };
    await transferLabels(input, { products: { ...plainProducts, times } });
    expect(calls).toBeGreaterThan(0);
  });
});

describe('label transfer by hand', () => {
  const on = (reference: number[], labels: number[], at: number[], k: number) =>
    transferLabels(
      {
        reference: Float32Array.from(reference),
        spatial: Float32Array.from(at),
        dimensions: 1,
        labels: Int32Array.from(labels),
      },
      { k },
    );

  it('weighs by 1 / distance', async () => {
    // From 0: 1/1 for label 2; 1/2 + 1/4 for label 0.
    const { labels, confidence } = await on([1, 2, 4, 90], [2, 0, 0, 1], [0], 3);
    expect([...labels]).toEqual([2]);
    expect(confidence[0]).toBeCloseTo(1 / 1.75, 6);
  });

  it('lets ties go to the smaller label, and cells at the place decide alone', async () => {
    const { labels, confidence } = await on([-1, 1, 10, 10], [3, 1, 2, 2], [0, 10], 4);
    expect([...labels]).toEqual([1, 2]);
    expect(confidence[1]).toBe(1);
  });

  it('leaves out reference cells without a label', async () => {
    const { labels, confidence } = await on([0, 5, 9], [-1, 4, -1], [0], 2);
    expect([...labels]).toEqual([4]);
    expect([...confidence]).toEqual([1]);
    await expect(on([0, 5], [-1, -1], [0], 2)).rejects.toThrow(UserError);
  });

  it('refuses sizes that do not match', async () => {
    await expect(on([0, 5], [1], [0], 2)).rejects.toThrow(RangeError);
    await expect(on([0, 5], [1, 1], [0], 0)).rejects.toThrow(/0 neighbours/);
    await expect(on([0, Number.NaN], [1, 1], [0], 1)).rejects.toThrow(/coordinate of NaN/);
  });
});
