import { useCallback, useEffect, useRef, useState } from 'react';
import type { EngineClient } from '../../engine/client.ts';
import { messageOf } from '../../engine/message-of.ts';
import { parentOf, type Listing } from './listing.ts';

interface State {
  readonly listing: Listing | null;
  /** One sentence: why the folder that was asked for cannot be shown. The folder before it stays. */
  readonly error: string | null;
  /** What is selected when it appears, such as a file whose path was typed. */
  readonly wanted: string | null;
}

export interface FolderList extends State {
  /** Shows a folder; the home folder when undefined. For a file's path its folder is shown with the file selected. */
  readonly show: (path: string | undefined) => void;
}

/** Where the last dialog was left. */
let last: string | undefined;

/** The folder that the dialog shows; a late answer to an earlier wish is dropped. */
export function useListing(engine: EngineClient): FolderList {
  const [state, setState] = useState<State>({ listing: null, error: null, wanted: null });
  const round = useRef(0);
  const show = useCallback(
    (path: string | undefined) => {
      const mine = ++round.current;
      list(engine, path).then(
        (found) => {
          if (mine !== round.current) return;
          last = found.listing.folder;
          setState({ ...found, error: null });
        },
        (error: unknown) => {
          if (mine === round.current) setState((before) => ({ ...before, error: messageOf(error) }));
        },
      );
    },
    [engine],
  );
  useEffect(() => {
    const begin = async () => {
      // The folder of last time may be gone.
      const found = await list(engine, last).catch(() => list(engine, undefined));
      if (round.current === 0) setState({ ...found, error: null });
    };
    begin().catch((error: unknown) => setState((before) => ({ ...before, error: messageOf(error) })));
    return () => {
      round.current += 1;
    };
  }, [engine]);
  return { ...state, show };
}

async function list(
  engine: EngineClient,
  path: string | undefined,
): Promise<{ readonly listing: Listing; readonly wanted: string | null }> {
  if (path === undefined) return { listing: await engine.call('files:list', {}), wanted: null };
  try {
    return { listing: await engine.call('files:list', { folder: path }), wanted: null };
  } catch (error) {
    const parent = parentOf(path);
    if (parent === undefined) throw error;
    const listing = await engine.call('files:list', { folder: parent }).catch(() => undefined);
    const entry = listing?.entries.find((one) => one.path === path);
    if (listing === undefined || entry === undefined) throw error;
    return { listing, wanted: entry.path };
  }
}
