/** Who lives in a tumour section, and where. */

export const cellTypes = [
  'Tumour',
  'Fibroblast',
  'Endothelial',
  'T cell',
  'B cell',
  'Plasma cell',
  'Macrophage',
  'Dendritic cell',
  'Normal epithelium',
] as const;
export const tumourType = cellTypes.indexOf('Tumour');
export const tType = cellTypes.indexOf('T cell');
export const bType = cellTypes.indexOf('B cell');

/** Share of each type (columns as in cellTypes) in each niche; in the infiltrated tumour, where nothing infiltrates. */
const shares: readonly (readonly number[])[] = [
  [0.95, 0.02, 0.02, 0, 0, 0, 0.01, 0, 0],
  [0.55, 0, 0, 0, 0, 0, 0.3, 0.15, 0],
  [0.03, 0.6, 0.2, 0.03, 0.01, 0.08, 0.04, 0.01, 0],
  [0, 0.02, 0.02, 0.33, 0.5, 0.12, 0, 0.01, 0],
  [0.01, 0.1, 0.06, 0.02, 0.01, 0.03, 0.02, 0, 0.75],
];

/** Share of lymphocytes where the infiltration is 1, and of T cells among them. */
export const mostLymphocytes = 0.7;
const tShare = 0.85;

/** How well each type survives dissociation, so that the reference's composition differs from the tissue's. */
export const dissociation = [1, 0.6, 0.7, 1.3, 1.3, 0.8, 0.9, 1, 0.8] as const;

/** Only tumour cells change as lymphocytes come near. */
export const response = cellTypes.map((_, t) => Number(t === tumourType));

/** Share of each type in a niche; lymphocytes take the place of all others as `infiltration` goes from 0 to 1. */
export function composition(niche: number, infiltration: number): readonly number[] {
  const share = shares[niche]!;
  if (infiltration === 0) return share;
  const lymphocytes = mostLymphocytes * infiltration;
  const left = share.map((value) => value * (1 - lymphocytes));
  left[tType] = left[tType]! + tShare * lymphocytes;
  left[bType] = left[bType]! + (1 - tShare) * lymphocytes;
  return left;
}
