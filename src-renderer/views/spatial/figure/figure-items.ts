import type { Discs } from '../../../../src-shared/plot/disc-raster.ts';
import type { Box } from '../canvas/camera.ts';

/** A figure as a list of what is drawn, in pixels at once its size; drawn as SVG or on a canvas. */
export type FigureItem =
  | { readonly kind: 'rect'; readonly box: Box; readonly fill: string }
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size: number;
      readonly isBold?: boolean;
      readonly fill: string;
      readonly anchor?: 'start' | 'middle' | 'end';
    }
  | {
      readonly kind: 'line';
      readonly points: readonly (readonly [number, number])[];
      readonly stroke: string;
    }
  | { readonly kind: 'ramp'; readonly box: Box; readonly colours: readonly string[] }
  | DiscsItem
  | {
      readonly kind: 'picture';
      readonly box: Box;
      readonly bitmap: ImageBitmap;
      /** From the picture's pixels to the figure's: a, b, c, d, e, f. */
      readonly transform: readonly [number, number, number, number, number, number];
      readonly opacity: number;
    };

export interface DiscsItem {
  readonly kind: 'discs';
  /** What lies outside of it is cut off. */
  readonly box: Box;
  readonly discs: Discs;
}

export interface Figure {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  readonly items: readonly FigureItem[];
}
