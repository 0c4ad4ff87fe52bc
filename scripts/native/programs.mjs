// Runs other programs for setup-native.mjs, and says in one line why they failed.
import { spawnSync } from 'node:child_process';

const isWindows = process.platform === 'win32';

/** What the setup ends with: a sentence for the user. */
export class SetupError extends Error {}

/** Runs a program and gives back the telling line of its output when it fails, undefined when it succeeds. */
export function failureOf(program, args, options = {}) {
  const { minutes = 20, ...rest } = options;
  const done = spawnSync(program, args, { encoding: 'utf8', timeout: minutes * 60_000, ...rest });
  if (done.status === 0) return undefined;
  const text = `${done.stderr ?? ''}\n${done.stdout ?? ''}\n${done.error?.message ?? ''}`;
  const lines = text
    .split('\n')
    .map((line) => line.replace(/^npm (error|ERR!)/, '').trim())
    .filter((line) => line !== '');
  const telling = lines.filter((line) => /(error|refused|denied|not found|timed out)\b.*\S/i.test(line));
  const best = telling.find((line) => /error: ./i.test(line)) ?? telling[0] ?? lines.at(-1) ?? 'no message';
  return best.slice(0, 300);
}

/** npm as this Node's own script where `npm run` says which, so that no shell is needed on Windows. */
export function npm(args, options) {
  const script = process.env.npm_execpath;
  return script?.endsWith('.js')
    ? failureOf(process.execPath, [script, ...args], options)
    : failureOf('npm', args, { shell: isWindows, ...options });
}
