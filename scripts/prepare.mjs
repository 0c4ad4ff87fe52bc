// Runs at the end of `npm ci`: builds the command line and makes `npx spagene` find it.
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');

if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  console.log('spagene: the development packages are not installed, so the command line was not built.');
} else {
  await import('./build.mjs');
  mkdirSync(bin, { recursive: true });
  const link = join(bin, 'spagene');
  rmSync(link, { force: true });
  if (process.platform === 'win32') {
    writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\dist\\cli.js" %*\r\n');
  } else {
    symlinkSync(join('..', '..', 'dist', 'cli.js'), link);
  }
}
