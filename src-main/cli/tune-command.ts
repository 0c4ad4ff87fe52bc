import { UserError } from '../../src-shared/contract/errors.ts';
import { present } from '../../src-shared/contract/present.ts';
import type { TuneEvent } from '../../src-shared/domain/tuning.ts';
import { tune } from '../engine/tune.ts';
import { runFlags, runRequest, text, type Values } from './input-flags.ts';
import { parseFlags, refuseWords, wholeNumber } from './options.ts';
import { jsonLine, ProgressLine } from './progress-line.ts';
import { stopOnInterrupt } from './stop.ts';
import { duration } from './time-left.ts';

/** `spagene tune --spatial P --reference P --out DIR …` */
export async function tuneCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseFlags('tune', args, {
    ...runFlags,
    folds: text,
    fold: text,
    budget: text,
    trials: text,
    seed: text,
  });
  refuseWords('tune', positionals);
  const request = requestOf(values);
  const emit = values.json === true ? jsonLine : terminalReporter();
  const stop = stopOnInterrupt();
  try {
    await tune(request, { emit, stop: stop.signal });
    return 0;
  } finally {
    stop.release();
  }
}

function requestOf(values: Values) {
  const number = (name: string, least: number, most: number) =>
    wholeNumber(name, values[name] as string | undefined, least, most);
  const folds = number('folds', 2, 1000) ?? 5;
  const given = present({
    fold: number('fold', 0, folds - 1),
    trials: number('trials', 2, 1000),
    seed: number('seed', 0, Number.MAX_SAFE_INTEGER),
    budget: minutes(values['budget'] as string | undefined),
  });
  // The data are named again when resuming: a search keeps their checksums, not their places.
  return {
    ...runRequest('tune', { ...values, resume: false }),
    ...given,
    resume: values['resume'] === true,
    folds,
  };
}

function minutes(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  const value = Number(given);
  if (given.trim() !== '' && value > 0 && value < 1e6) return value;
  throw new UserError(`--budget needs a number of minutes, not "${given}".`, {}, 'usage');
}

function terminalReporter(): (event: TuneEvent) => void {
  const line = new ProgressLine();
  return (event) => {
    switch (event.kind) {
      case 'trial-progress':
        line.show(`trial ${event.trial}  ${Math.round(100 * event.share)} %`);
        return;
      case 'trial':
        line.say(trialLine(event));
        return;
      case 'rung':
        line.say(
          `round ${event.rung + 1}    best: ${event.survivors.map(({ trial, pcc }) => `${trial} (${pcc.toFixed(3)})`).join(', ')}`,
        );
        return;
      default:
        line.tell(event);
    }
  };
}

function trialLine({ split, seconds, score }: Extract<TuneEvent, { kind: 'trial' }>): string {
  const changes = Object.entries(score.changes).map(
    ([name, value]) => `${name.split('.')[1]!} ${String(value)}`,
  );
  const what = changes.length === 0 ? 'as begun with' : changes.join(', ');
  return `  trial ${String(score.trial).padEnd(3)} genes ${split + 1}  mean PCC ${score.pcc.toFixed(3)}  ${duration(seconds)}  ${what}`;
}
