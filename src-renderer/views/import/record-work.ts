import type { DatasetPreview } from '../../../src-shared/domain/preview.ts';
import type { DatasetChoice, DatasetRecord } from '../../../src-shared/domain/project.ts';
import type { EngineClient } from '../../engine/client.ts';
import { messageOf } from '../../engine/message-of.ts';
import { newTicket } from '../../lib/ticket.ts';
import { useApp } from '../../store/store.ts';
import { keyOf, setShown, useImports, type Asked } from './imports.ts';
import { adopt, attempt, stop, watched } from './tickets.ts';

/** Takes a dataset out of the project, with Undo. */
export async function removeDataset(engine: EngineClient, record: DatasetRecord): Promise<void> {
  const { role } = record;
  const { trash } = await engine.call('project:remove', { kind: 'dataset', role });
  useApp.getState().notify({
    kind: 'info',
    message: `${record.name} was removed from the project; its own files stay where they are.`,
    action: { label: 'Undo', run: () => attempt(engine.call('project:restore', { trash })) },
  });
}

/** Says where the files of a dataset are now. Rejects where they are not the same. */
export async function findAgain(engine: EngineClient, record: DatasetRecord, path: string): Promise<void> {
  const ticket = newTicket('relink');
  const { role } = record;
  adopt(await engine.call('dataset:relink', { role, choice: { ...record.choice, path }, ticket }));
}

/** Asks for the picture of what is in the project, unless it is there or on its way. */
export async function showRecord(engine: EngineClient, record: DatasetRecord, again = false): Promise<void> {
  const { role, choice } = record;
  const key = keyOf(record);
  const before = useImports.getState().shown[role];
  if (before?.key === key && !again) return;
  if (before?.phase === 'reading') stop(engine, before.ticket);
  const ticket = newTicket('preview');
  const set = (changes: Partial<Asked<DatasetPreview>>) => {
    const now = useImports.getState().shown[role];
    if (now?.ticket === ticket) setShown(role, { ...now, ...changes });
  };
  setShown(role, { key, phase: 'reading', value: null, error: null, progress: null, ticket });
  try {
    const value = await watched(
      engine,
      ticket,
      (progress) => set({ progress }),
      () => engine.call('dataset:preview', { role, choice, ticket }),
    );
    set({ phase: 'ready', value, progress: null });
  } catch (error) {
    set({ phase: 'failed', error: messageOf(error), progress: null });
  }
}

/** Compares the genes of two datasets; null stands for the project's own. */
export async function compareGenes(
  engine: EngineClient,
  key: string,
  spatial: DatasetChoice | null,
  reference: DatasetChoice | null,
): Promise<void> {
  const before = useImports.getState().overlap;
  if (before?.phase === 'reading') stop(engine, before.ticket);
  const ticket = newTicket('overlap');
  const asked = { key, value: null, error: null, progress: null, ticket };
  const set = (overlap: typeof before) => {
    if (useImports.getState().overlap?.ticket === ticket) useImports.setState({ overlap });
  };
  useImports.setState({ overlap: { ...asked, phase: 'reading' } });
  try {
    const value = await engine.call('dataset:overlap', { spatial, reference, ticket });
    set({ ...asked, phase: 'ready', value });
  } catch (error) {
    set({ ...asked, phase: 'failed', error: messageOf(error) });
  }
}
