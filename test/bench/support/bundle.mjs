// Bundles of the project's TypeScript for benches; packages stay outside, so they are found from inside the project.
import { build } from 'esbuild';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/**
 * Writes a bundle to a file.
 *
 * @param source `{ file }`, a path from the root, or `{ text }`, a program whose imports start at the root
 */
export async function bundle({ file, text }, outfile) {
  mkdirSync(dirname(outfile), { recursive: true });
  await build({
    ...(file === undefined
      ? { stdin: { contents: text, resolveDir: root, loader: 'ts' } }
      : { entryPoints: [join(root, file)] }),
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
}

/** A module of the project's sources, loaded from beside the bundled command line, whose threads it shares. */
export async function load(source, name) {
  const file = join(root, 'dist', `${name}-${process.pid}.mjs`);
  await bundle(source, file);
  try {
    return await import(pathToFileURL(file));
  } finally {
    rmSync(file, { force: true });
  }
}
