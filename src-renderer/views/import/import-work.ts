import type { DatasetChoice, DatasetRole } from '../../../src-shared/domain/project.ts';
import { EngineError, type EngineClient } from '../../engine/client.ts';
import { messageOf } from '../../engine/message-of.ts';
import { newTicket } from '../../lib/ticket.ts';
import { useApp } from '../../store/store.ts';
import { suggestedName } from './choice.ts';
import {
  draftOf,
  keyOf,
  patchDraft,
  setDraft,
  setShown,
  useImports,
  type Asked,
  type Progress,
} from './imports.ts';
import { labelSourceOf } from './labels.ts';
import { adopt, attempt, stop, watched } from './tickets.ts';

/** Reads what was chosen; the answer to an earlier choice is dropped. */
export async function readChoice(
  engine: EngineClient,
  role: DatasetRole,
  choice: DatasetChoice,
): Promise<void> {
  const before = useImports.getState().drafts[role];
  if (before?.phase === 'reading') stop(engine, before.ticket);
  const ticket = newTicket('preview');
  setDraft(role, draftOf(choice, before, ticket));
  try {
    await pickTables(engine, choice, before?.choice);
    const preview = await watched(engine, ticket, patcher(role, ticket), () =>
      engine.call('dataset:preview', { role, choice, ticket }),
    );
    patchDraft(role, ticket, { phase: 'ready', preview, good: choice, progress: null });
  } catch (error) {
    patchDraft(role, ticket, { phase: 'failed', error: messageOf(error), progress: null });
  }
}

/** Reads the present choice again, such as when its disk is back. */
export async function readAgain(engine: EngineClient, role: DatasetRole): Promise<void> {
  const draft = useImports.getState().drafts[role];
  if (draft) await readChoice(engine, role, draft.choice);
}

/** A table beside the data was never chosen in a dialog: it is picked by being chosen here. */
async function pickTables(
  engine: EngineClient,
  choice: DatasetChoice,
  before?: DatasetChoice,
): Promise<void> {
  const labels = labelSourceOf(choice.labels);
  const tables = [choice.coordinates, labels.kind === 'table' ? labels.file : undefined];
  for (const path of tables) {
    if (path !== undefined && path !== before?.coordinates) await engine.call('files:picked', { path });
  }
}

/** Goes back to the last choice that could be read. */
export function keepGood(role: DatasetRole): void {
  const draft = useImports.getState().drafts[role];
  if (draft?.good) setDraft(role, { ...draft, choice: draft.good, phase: 'ready', error: null });
}

/** Forgets what was chosen and stops reading it. */
export function dropDraft(engine: EngineClient, role: DatasetRole): void {
  const draft = useImports.getState().drafts[role];
  if (draft?.phase === 'reading') stop(engine, draft.ticket);
  setDraft(role, null);
}

/** Stops taking in; what was chosen stays. */
export function stopImport(engine: EngineClient, role: DatasetRole): void {
  const draft = useImports.getState().drafts[role];
  if (draft?.phase === 'importing') stop(engine, draft.ticket);
}

/** Takes a draft into the project; the one before can be brought back. */
export async function takeIn(engine: EngineClient, role: DatasetRole): Promise<void> {
  const draft = useImports.getState().drafts[role];
  if (draft?.phase !== 'ready') return;
  const { choice, storage, preview } = draft;
  const name = draft.name.trim() || (preview === null ? '' : suggestedName(preview));
  const ticket = newTicket('import');
  setDraft(role, { ...draft, phase: 'importing', error: null, progress: null, ticket });
  try {
    const { replaced, ...record } = await watched(engine, ticket, patcher(role, ticket), () =>
      engine.call('dataset:import', { role, choice, storage, ticket, ...(name !== '' && { name }) }),
    );
    if (preview) setShown(role, ready(keyOf(record), preview));
    setDraft(role, null);
    adopt(record);
    if (replaced !== undefined) offerUndo(engine, role, replaced);
  } catch (error) {
    const stopped = error instanceof EngineError && error.code === 'stopped';
    patchDraft(role, ticket, { phase: 'ready', error: stopped ? null : messageOf(error), progress: null });
  }
}

function ready<T>(key: string, value: T): Asked<T> {
  return { key, phase: 'ready', value, error: null, progress: null, ticket: '' };
}

function offerUndo(engine: EngineClient, role: DatasetRole, trash: string): void {
  const undo = async () => {
    await engine.call('project:remove', { kind: 'dataset', role });
    await engine.call('project:restore', { trash });
  };
  useApp.getState().notify({
    kind: 'info',
    message: `The ${role === 'spatial' ? 'spatial data' : 'reference'} of the project were replaced.`,
    action: { label: 'Undo', run: () => attempt(undo()) },
  });
}

const patcher = (role: DatasetRole, ticket: string) => (progress: Progress) =>
  patchDraft(role, ticket, { progress });
