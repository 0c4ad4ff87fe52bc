import { parseArgs, type ParseArgsConfig } from 'node:util';
import { UserError } from '../../src-shared/contract/errors.ts';

type Options = NonNullable<ParseArgsConfig['options']>;

/** What node:util's parseArgs gives for these options. */
export type Flags<O extends Options> = ReturnType<
  typeof parseArgs<{ args: string[]; options: O; allowPositionals: true; strict: true }>
>;

/** Flags of a command, parsed strictly. Throws a UserError of kind usage that names the flag. */
export function parseFlags<const O extends Options>(
  command: string,
  args: readonly string[],
  options: O,
): Flags<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    const what = error instanceof Error ? error.message.split('. ')[0]! : String(error);
    throw new UserError(`${what}; see spagene help ${command}.`, {}, 'usage', error);
  }
}

/** Throws when a command was given words that it has no use for. */
export function refuseWords(command: string, words: readonly string[]): void {
  if (words.length === 0) return;
  throw new UserError(
    `spagene ${command} does not take "${words[0]!}"; see spagene help ${command}.`,
    {},
    'usage',
  );
}

/** A whole number given to a flag; undefined when the flag is absent. */
export function wholeNumber(
  flag: string,
  text: string | undefined,
  minimum: number,
  maximum: number,
): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!/^\d+$/u.test(text) || !Number.isSafeInteger(value) || value < minimum || value > maximum) {
    throw new UserError(
      `--${flag} needs a whole number from ${minimum} to ${maximum}, not "${text}".`,
      {},
      'usage',
    );
  }
  return value;
}

/** A flag that must be one of some words. */
export function oneOf<T extends string>(flag: string, text: string, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) {
    throw new UserError(`--${flag} must be one of ${choices.join(', ')}, not "${text}".`, {}, 'usage');
  }
  return found;
}
