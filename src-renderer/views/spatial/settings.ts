import { z } from 'zod';
import { SEQUENTIAL } from '../../../src-shared/plot/colour-maps.ts';
import { panelContent } from './panel-content.ts';

const percent = z.number().min(0).max(100);

/** What is kept of the view in the project, so that it opens as it was left. */
export const spatialSettings = z.object({
  run: z.string().nullable(),
  /** Imputed genes were there before; the first time they are set beside the measured ones. */
  hadRun: z.boolean(),
  panels: z.array(panelContent).max(4),
  focus: z.number().int().min(0).max(3),
  colourMap: z.enum(SEQUENTIAL),
  clip: z.tuple([percent, percent]),
  isShared: z.boolean(),
  /** Number of the section that is shown; null shows all. */
  section: z.number().int().min(0).nullable(),
  image: z.string().nullable(),
  imageOpacity: z.number().min(0).max(1),
  /** Share of the distance between neighbours that a point covers. */
  pointSize: z.number().min(0.2).max(3),
  /** Column that selections are broken down by. */
  category: z.string().nullable(),
  camera: z.object({ x: z.number(), y: z.number(), scale: z.number().positive() }).nullable(),
  isInspectorOpen: z.boolean(),
});
export type SpatialSettings = z.infer<typeof spatialSettings>;

export const DEFAULT_SETTINGS: SpatialSettings = {
  run: null,
  hadRun: false,
  panels: [],
  focus: 0,
  colourMap: 'viridis',
  clip: [1, 99],
  isShared: false,
  section: null,
  image: null,
  imageOpacity: 0.6,
  pointSize: 1,
  category: null,
  camera: null,
  isInspectorOpen: true,
};

/** Settings from a project; what is missing or of another version is as usual. */
export function readSettings(saved: unknown): SpatialSettings {
  const parts = z.record(z.string(), z.unknown()).safeParse(saved);
  if (!parts.success) return DEFAULT_SETTINGS;
  const known = Object.entries(spatialSettings.shape).flatMap(([name, schema]) => {
    const value = schema.safeParse(parts.data[name]);
    return value.success ? [[name, value.data] as const] : [];
  });
  return { ...DEFAULT_SETTINGS, ...Object.fromEntries(known) };
}
