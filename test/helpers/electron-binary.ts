import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './spagene.ts';

/** Electron's program where it is installed; never fetches it, which requiring the package would do. */
export function electronBinary(): string | undefined {
  const folder = join(root, 'node_modules', 'electron');
  const named = join(folder, 'path.txt');
  if (!existsSync(named)) return undefined;
  const program = join(
    process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist'),
    readFileSync(named, 'utf8'),
  );
  return existsSync(program) ? program : undefined;
}
