import { niceStep } from './scale.ts';
import type { LengthUnit } from '../domain/project.ts';

export interface ScaleBar {
  /** Length in pixels of the screen. */
  readonly pixels: number;
  readonly label: string;
}

/** A bar of a round length, at most `widest` pixels long, where one unit of the positions is `scale` pixels. */
export function scaleBar(scale: number, unit: LengthUnit, widest = 120): ScaleBar {
  const length = niceBelow(widest / scale);
  const [number, name] = inWords(length, unit);
  return { pixels: length * scale, label: `${number} ${name}`.trim() };
}

/** The largest 1, 2 or 5 times a power of ten that is not above the length. */
function niceBelow(length: number): number {
  const power = 10 ** Math.floor(Math.log10(length) + 1e-9);
  return (
    [5, 2, 1].map((times) => times * power).find((step) => step <= length * (1 + 1e-9)) ?? niceStep(length, 1)
  );
}

function inWords(length: number, unit: LengthUnit): [string, string] {
  const rounded = (value: number): string => String(Number(value.toPrecision(3)));
  if (unit === 'micrometre') return length >= 1000 ? [rounded(length / 1000), 'mm'] : [rounded(length), 'µm'];
  return [rounded(length), unit === 'pixel' ? 'px' : length === 1 ? 'unit' : 'units'];
}
