import { listBackends } from '../backend/select.ts';
import { parseFlags, refuseWords } from './options.ts';

/** `spagene backends [--json]` */
export async function backendsCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('backends', args, { json: { type: 'boolean' } });
  refuseWords('backends', positionals);
  const backends = await listBackends();
  if (values.json === true) {
    process.stdout.write(`${JSON.stringify(backends, null, 2)}\n`);
    return 0;
  }
  for (const { name, usable, reason, advice } of backends) {
    const hint = advice === '' ? '' : `\n             ${advice}`;
    process.stdout.write(`${usable ? '✓' : '–'} ${name.padEnd(8)}   ${reason}${hint}\n`);
  }
  return 0;
}
