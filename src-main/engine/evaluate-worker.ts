// Entry of a worker process of an evaluation: waits for units, runs them, tells how it goes.
import { UserError } from '../../src-shared/contract/errors.ts';

import { isRelayed } from '../host/relay.ts';
import { parent } from '../host/this-process.ts';
import { startBackend } from './start-backend.ts';
import { readSettings } from './evaluation-settings.ts';
import { EvaluationWorker } from './evaluation-worker.ts';
import type { FromWorker, ToWorker } from './worker-pool.ts';

const root = process.argv[2]!;
const threads = Number(process.argv[3]);
const controller = new AbortController();
const pool = parent();
if (pool === undefined) throw new Error('evaluate-worker is started by SpaGene, not by hand');
const say = (message: FromWorker) => pool.send(message);

function explain(error: unknown): void {
  const kind = error instanceof UserError ? error.kind : 'internal';
  say({ kind: 'error', error: kind, message: error instanceof Error ? error.message : String(error) });
}

// Without a parent there is nobody to work for.
pool.onDisconnect(() => process.exit(3));

try {
  const settings = await readSettings(root);
  await startBackend(settings.backend.name, { threads });
  const emit = (event: Extract<FromWorker, { kind: 'event' }>['event']) => say({ kind: 'event', event });
  const worker = new EvaluationWorker(root, settings, emit, controller.signal);
  pool.onMessage((message) => {
    if (isRelayed(message)) return;
    const told = message as ToWorker;
    if (told.kind === 'stop') controller.abort();
    else worker.run(told.unit).then(() => say({ kind: 'ready' }), explain);
  });
  say({ kind: 'ready' });
} catch (error) {
  explain(error);
}
