/** What can compute, the most desirable first; docs/backends.md tells them apart. */
export const backendNames = ['gpu', 'webgpu', 'native', 'blas', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** What can be asked for. */
export const backendChoices = ['auto', ...backendNames] as const;

export type BackendChoice = (typeof backendChoices)[number];
