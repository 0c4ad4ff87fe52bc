import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetRole, LengthUnit } from '../../../src-shared/domain/project.ts';

/** What a biologist calls things of the import view. */

export const roleWords: Readonly<Record<DatasetRole, { readonly title: string; readonly about: string }>> = {
  spatial: {
    title: 'Spatial data',
    about: 'The slide: counts of the measured genes in each cell or spot, with its position.',
  },
  reference: {
    title: 'Single-cell reference',
    about: 'Single cells or nuclei of the same tissue and species, with all their genes.',
  },
};

export const valueWords: Readonly<Record<DatasetPreview['values'], string>> = {
  counts: 'Raw counts (whole numbers)',
  'non-negative': 'Normalised (not whole numbers)',
  real: 'Scaled (some are negative)',
};

export const unitWords: Readonly<Record<LengthUnit, string>> = {
  micrometre: 'micrometres',
  pixel: 'pixels',
  unknown: 'an unknown unit',
};

/** A share as a percentage, with a decimal where whole ones would hide the difference to 0 or 100. */
export function percent(share: number): string {
  const value = 100 * share;
  const near = (value > 0 && value < 1) || (value > 99 && value < 100);
  return `${value.toFixed(near ? 1 : 0)} %`;
}

/** A middle value: whole where it is, else with one decimal. */
export function median(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: value < 100 ? 1 : 0 });
}
