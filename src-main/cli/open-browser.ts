import { spawn } from 'node:child_process';

/** Opens an address in the user's browser; says and does nothing where there is none to open. */
export function openBrowser(address: string): void {
  const command = browserCommand(address, process.platform, process.env);
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, args, {
    detached: true,
    stdio: 'ignore',
    windowsVerbatimArguments: process.platform === 'win32',
  });
  child.on('error', () => undefined);
  child.unref();
}

/** What opens an address; undefined in a session without a screen. */
export function browserCommand(
  address: string,
  platform: NodeJS.Platform,
  environment: NodeJS.ProcessEnv,
): readonly [string, ...string[]] | undefined {
  if (platform === 'win32') return ['cmd', '/c', 'start', '""', `"${address}"`];
  // The screen is the one of the other machine.
  if (platform === 'darwin')
    return environment['SSH_CONNECTION'] === undefined ? ['open', address] : undefined;
  const screen = environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'] ?? '';
  return screen === '' ? undefined : ['xdg-open', address];
}
