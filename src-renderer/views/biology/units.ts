import type { LengthUnit } from '../../../src-shared/domain/project.ts';

/** A unit of length as it stands behind a number. */
export function unitOf(unit: LengthUnit | null): string {
  if (unit === 'micrometre') return 'µm';
  return unit === 'pixel' ? 'pixels' : 'units of the positions';
}
