import { createContext, useContext } from 'react';
import type { EngineClient } from './client.ts';

export const EngineContext = createContext<EngineClient | null>(null);

/** The connection to the engine. */
export function useEngine(): EngineClient {
  const client = useContext(EngineContext);
  if (client === null) throw new Error('useEngine is used outside of EngineContext');
  return client;
}
