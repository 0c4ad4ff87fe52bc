// Entry of a worker process of an evaluation: waits for units, runs them, tells how it goes.
import { UserError } from '../../src-shared/contract/errors.ts';
import { selectBackend } from '../backend/select.ts';
import { readSettings } from './evaluation-settings.ts';
import { EvaluationWorker } from './evaluation-worker.ts';
import type { FromWorker, ToWorker } from './worker-pool.ts';

const root = process.argv[2]!;
const controller = new AbortController();

function say(message: FromWorker): void {
  if (process.connected) process.send!(message);
}

function explain(error: unknown): void {
  const kind = error instanceof UserError ? error.kind : 'internal';
  say({ kind: 'error', error: kind, message: error instanceof Error ? error.message : String(error) });
}

// Ctrl-C reaches the whole group; the parent says when to stop. Without a parent there is nobody to work for.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(3));

try {
  const settings = await readSettings(root);
  await selectBackend(settings.backend.name, { threads: settings.backend.threads });
  const emit = (event: Extract<FromWorker, { kind: 'event' }>['event']) => say({ kind: 'event', event });
  const worker = new EvaluationWorker(root, settings, emit, controller.signal);
  process.on('message', (message: ToWorker) => {
    if (message.kind === 'stop') controller.abort();
    else worker.run(message.unit).then(() => say({ kind: 'ready' }), explain);
  });
  say({ kind: 'ready' });
} catch (error) {
  explain(error);
}
