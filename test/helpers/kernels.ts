import { existsSync, mkdirSync, readdirSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compileKernels } from '../../scripts/native/kernels.mjs';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folder = join(root, 'dist', 'test-kernels');
const file = join(folder, 'spagene-kernels.node');
const addon = join(root, 'src-main', 'backend', 'addon');
const plainBlas = join(root, 'test', 'helpers', 'plain-blas.c');

function isFresh(): boolean {
  const sources = [plainBlas, ...readdirSync(addon).map((name) => join(addon, name))];
  return existsSync(file) && sources.every((source) => statSync(source).mtimeMs < statSync(file).mtimeMs);
}

/** Builds the addon over a product of our own; false where there is no C compiler or no Node headers. */
function build(): boolean {
  if (process.platform === 'win32') return false;
  if (isFresh()) return true;
  mkdirSync(folder, { recursive: true });
  const made = join(folder, `made-${process.pid}.node`);
  try {
    compileKernels(made, process.platform === 'darwin' ? ['-framework', 'Accelerate'] : [], [plainBlas]);
  } catch {
    return false;
  }
  // Other test files may be building it too.
  renameSync(made, file);
  return true;
}

/**
 * Whether native kernels can be tested here: those of setup:native where they are built, else the same sources over a
 * plain product. Import before a backend is selected: from then on this process loads them.
 */
export const hasKernels = existsSync(join(root, '.native', 'kernels', 'spagene-kernels.node')) || build();
if (hasKernels && existsSync(file) && !existsSync(join(root, '.native', 'kernels'))) {
  process.env['SPAGENE_KERNELS'] = file;
}

export const needsKernels = hasKernels ? '' : '(skipped: needs a C compiler and the headers of Node)';
