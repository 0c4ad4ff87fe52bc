import { useEffect, useState } from 'react';
import type { Args, Result } from '../../../src-shared/contract/handlers.ts';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';
import { newTicket } from '../../lib/ticket.ts';

type Order = Omit<Args<'export:write'>, 'ticket'>;

/** An export that runs, is done, or failed. */
export interface ExportItem {
  readonly ticket: string;
  readonly format: Order['format'];
  readonly title: string;
  readonly share: number | null;
  readonly result: Result<'export:write'> | null;
  readonly error: string | null;
}

/** Exports of this page, newest first, with their progress. */
export function useExports() {
  const engine = useEngine();
  const [items, setItems] = useState<readonly ExportItem[]>([]);
  const change = (ticket: string, part: Partial<ExportItem>) =>
    setItems((all) => all.map((item) => (item.ticket === ticket ? { ...item, ...part } : item)));
  useEffect(() => engine.on('work:progress', ({ ticket, share }) => change(ticket, { share })), [engine]);
  const write = (title: string, order: Order) => {
    const ticket = newTicket('export');
    const { format } = order;
    setItems((all) => [{ ticket, format, title, share: null, result: null, error: null }, ...all]);
    engine.call('export:write', { ...order, ticket }).then(
      (result) => change(ticket, { result }),
      (error: unknown) => change(ticket, { error: messageOf(error) }),
    );
  };
  const cancel = (ticket: string) => {
    engine
      .call('work:cancel', { ticket })
      .catch((error: unknown) => change(ticket, { error: messageOf(error) }));
  };
  return { items, write, cancel };
}
