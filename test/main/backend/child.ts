import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const root = path.resolve(import.meta.dirname, '../../..');

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/**
 * Bundles a program as scripts/build.mjs does (packages external, imports relative to the repository root),
 * runs it in a process of its own and says how it ended; after 60 seconds it is stopped and status is null.
 */
export async function runBundled(program: string, environment: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const folder = path.join(root, 'dist', 'test');
  const file = path.join(folder, `program-${process.pid}-${Date.now()}.mjs`);
  mkdirSync(folder, { recursive: true });
  await build({
    stdin: { contents: program, resolveDir: root, loader: 'ts' },
    outfile: file,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  });
  const start = performance.now();
  const env = { ...process.env, ...environment };
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], {
    encoding: 'utf8',
    timeout: 60_000,
    env,
    cwd: root,
  });
  rmSync(file);
  return { status, stdout, stderr, seconds: (performance.now() - start) / 1000 };
}
