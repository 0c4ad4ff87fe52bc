import { useEffect, useState } from 'react';
import type { LogLine } from '../../../src-shared/contract/calls/job.ts';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';

/** Lines that are kept; the oldest leave. */
const KEPT = 500;

export interface Log {
  readonly lines: readonly LogLine[];
  readonly waiting: boolean;
  readonly error: string | null;
}

const EMPTY: Log = { lines: [], waiting: true, error: null };

/** The log of a job, followed as it grows. */
export function useLog(id: string | null): Log {
  const engine = useEngine();
  const [log, setLog] = useState<Log & { readonly of: string | null }>({ ...EMPTY, of: null });
  useEffect(() => {
    if (id === null) return undefined;
    let live = true;
    // Lines that come while those before are asked for; an answer that has them already is not given them twice.
    let early: LogLine[] | null = [];
    const ask = () => {
      early = [];
      engine.call('job:log', { id }).then(
        ({ lines }) => {
          if (!live) return;
          const last = lines.at(-1)?.time ?? '';
          const newer = (early ?? []).filter(({ time }) => time > last);
          early = null;
          setLog({ lines: [...lines, ...newer].slice(-KEPT), waiting: false, error: null, of: id });
        },
        (error: unknown) => live && setLog({ lines: [], waiting: false, error: messageOf(error), of: id }),
      );
    };
    const ends = [
      engine.on('job:log', (event) => {
        if (event.id !== id) return;
        if (early !== null) early.push(event.line);
        else setLog((before) => ({ ...before, lines: [...before.lines, event.line].slice(-KEPT) }));
      }),
      engine.onResync(ask),
    ];
    ask();
    return () => {
      live = false;
      ends.forEach((end) => end());
    };
  }, [engine, id]);
  return log.of === id ? log : EMPTY;
}
