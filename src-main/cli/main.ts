import { UserError, type ErrorKind } from '../../src-shared/contract/errors.ts';
import { analyseCommand } from './analyse-command.ts';
import { backendsCommand } from './backends-command.ts';
import { benchCommand } from './bench-command.ts';
import { demoCommand } from './demo-command.ts';
import { evaluateCommand } from './evaluate-command.ts';
import { help, overview } from './help.ts';
import { imputeCommand } from './impute-command.ts';
import { inspectCommand } from './inspect-command.ts';
import { jsonLine } from './progress-line.ts';
import { serveCommand } from './serve-command.ts';
import { simulateCommand } from './simulate-command.ts';
import { tuneCommand } from './tune-command.ts';
import { version } from './version.ts';

/** 0 done, 1 bad input, 2 usage, 3 stopped, 4 internal. */
const exitCodes: Readonly<Record<ErrorKind, number>> = { input: 1, usage: 2, stopped: 3, internal: 4 };

type Command = (args: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  inspect: inspectCommand,
  impute: imputeCommand,
  evaluate: evaluateCommand,
  tune: tuneCommand,
  analyse: analyseCommand,
  backends: backendsCommand,
  bench: benchCommand,
  serve: serveCommand,
  simulate: simulateCommand,
  demo: demoCommand,
};

/** Runs one command. Returns the exit code; what went wrong is one sentence on standard error. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined) return await overview();
    if (name === '--version' || name === '-v') return print(version());
    if (name === 'help' || name === '--help' || name === '-h') return print(help(rest[0]));
    if (rest.includes('--help') || rest.includes('-h')) return print(help(name));
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) {
      const known = Object.keys(commands).join(', ');
      throw new UserError(`There is no command "${name}"; the commands are ${known}.`, {}, 'usage');
    }
    return await command(rest);
  } catch (error) {
    return explain(error, rest.includes('--json'));
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return 0;
}

function explain(error: unknown, json: boolean): number {
  const kind = error instanceof UserError ? error.kind : 'internal';
  const place = error instanceof UserError ? error.place : {};
  const message = error instanceof UserError ? error.message : faultOfOurs(error);
  if (json) jsonLine({ kind: 'error', error: kind, message, place });
  process.stderr.write(`spagene: ${message}\n`);
  return exitCodes[kind];
}

/** A fault of ours: the sentence asks for a report; the trace comes with SPAGENE_DEBUG. */
function faultOfOurs(error: unknown): string {
  if (process.env['SPAGENE_DEBUG'] !== undefined && error instanceof Error)
    process.stderr.write(`${error.stack}\n`);
  const what = error instanceof Error ? error.message : String(error);
  return `Something went wrong that is not your fault (${what}). Please report it; SPAGENE_DEBUG=1 shows more.`;
}
