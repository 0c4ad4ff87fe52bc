import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where the settings of this user lie: SPAGENE_HOME, else where the system wants settings. Not made by this. */
export function configFolder(
  platform: NodeJS.Platform = process.platform,
  env: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  const own = env['SPAGENE_HOME'];
  if (own !== undefined && own !== '') return own;
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'SpaGene');
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData', 'Roaming'), 'SpaGene');
  const xdg = env['XDG_CONFIG_HOME'];
  return join(xdg?.startsWith('/') === true ? xdg : join(home, '.config'), 'spagene');
}
