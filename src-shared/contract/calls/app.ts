import { z } from 'zod';
import { call } from '../call.ts';
import { count, done, nothing, path } from '../schemas.ts';

export const theme = z.enum(['system', 'light', 'dark']);

export const settings = z.strictObject({
  theme,
  /** Backend that new jobs ask for. */
  backend: z.enum(['auto', 'gpu', 'webgpu', 'native', 'wasm', 'cpu']),
});
export type Settings = z.infer<typeof settings>;

export const backendChoice = z.strictObject({
  name: z.enum(['gpu', 'webgpu', 'native', 'wasm', 'cpu']),
  label: z.string(),
  available: z.boolean(),
  /** One line, where it is not available. */
  reason: z.string().exactOptional(),
});

export const appInfo = z.strictObject({
  version: z.string(),
  /** `electron`: native dialogs; `browser`: the page in a browser of this or another machine. */
  shell: z.enum(['electron', 'browser']),
  platform: z.string(),
  cores: count,
  memoryBytes: count,
  /** What is computed on unless a job asks for something else, such as "native CPU · 2 threads". */
  backendLabel: z.string(),
  home: path,
});
export type AppInfo = z.infer<typeof appInfo>;

export const recentProject = z.strictObject({
  folder: path,
  name: z.string(),
  opened: z.string(),
  /** Whether the folder is still there. */
  present: z.boolean(),
});

export const appCalls = {
  'app:info': call(nothing, appInfo),
  'app:backends': call(nothing, z.array(backendChoice)),
  'app:settings': call(nothing, settings),
  'app:change-settings': call(
    z.strictObject({
      theme: settings.shape.theme.exactOptional(),
      backend: settings.shape.backend.exactOptional(),
    }),
    settings,
  ),
  'app:recent': call(nothing, z.array(recentProject)),
  'app:forget-recent': call(z.strictObject({ folder: path }), done),
} as const;
