// Where Electron's program is, fetched when it can be: it is no part of the package, and many networks refuse it.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Milliseconds. */
const LONGEST_FETCH = 60_000;
const TRY_AGAIN = 24 * 3600_000;

/**
 * The path of Electron's program; undefined where it is not installed and could not be fetched. A fetch that failed is
 * not tried again for a day, so that starts stay fast.
 * @param {string} root folder of package.json
 */
export function electronBinary(root, { fetch = fetchElectron, now = Date.now() } = {}) {
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'package.json'))) return undefined;
  const found = installed(folder);
  if (found !== undefined) return found;
  const memory = join(root, 'node_modules', '.cache', 'spagene', 'electron-fetch.json');
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const failed = remembered(memory);
  if (failed.version === version && now - failed.time < TRY_AGAIN) return undefined;
  fetch(folder);
  const fetched = installed(folder);
  if (fetched === undefined) remember(memory, { version, time: now });
  return fetched;
}

function installed(folder) {
  const place = process.env['ELECTRON_OVERRIDE_DIST_PATH'] ?? join(folder, 'dist');
  const name = existsSync(join(folder, 'path.txt'))
    ? readFileSync(join(folder, 'path.txt'), 'utf8').trim()
    : '';
  return name !== '' && existsSync(join(place, name)) ? join(place, name) : undefined;
}

function fetchElectron(folder) {
  spawnSync(process.execPath, [join(folder, 'install.js')], { stdio: 'ignore', timeout: LONGEST_FETCH });
}

function remembered(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return {};
  }
}

/** A folder that cannot be written only costs the next start its patience. */
function remember(file, content) {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(content));
  } catch {
    return;
  }
}
