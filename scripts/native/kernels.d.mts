export function compileKernels(
  file: string,
  blasFlags: readonly string[],
  extraSources?: readonly string[],
): void;
