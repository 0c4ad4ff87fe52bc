import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The JavaScript of a worker in this folder: beside the bundle, or, when run from the sources, made on the spot by esbuild. */
export async function workerFile(name: string): Promise<string> {
  const beside = fileURLToPath(new URL(`./${name}.js`, import.meta.url));
  if (existsSync(beside)) return beside;
  const { build } = await import('esbuild');
  const output = await build({
    entryPoints: [fileURLToPath(new URL(`./${name}.ts`, import.meta.url))],
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    write: false,
  });
  const code = output.outputFiles[0]!.text;
  // Inside node_modules, so that the worker finds the packages, and named by content, so that processes may share it.
  const folder = fileURLToPath(new URL('../../node_modules/.cache/spagene/', import.meta.url));
  const file = `${folder}${name}-${createHash('sha256').update(code).digest('hex').slice(0, 16)}.mjs`;
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, code);
    renameSync(draft, file);
  }
  return file;
}
