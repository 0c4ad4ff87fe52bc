/** Names under which the preload script and main talk; the page itself never sees them. */
export const channels = {
  /** Page → main: it listens from now on. */
  connect: 'engine:connect',
  /** Page → main, answered: a Request. */
  request: 'engine:request',
  /** Main → page: a Push. */
  push: 'engine:push',
  /** Main → page, with a port to the engine's process. */
  port: 'engine:port',
  /** Page → main: the path of a file that the user dropped. Sent by the preload script alone. */
  dropped: 'files:dropped',
  /** Main → the window that trains, with a port to the process that asks for it. */
  trainer: 'trainer:port',
} as const;

/** What the preload script posts to the page together with a port; the page's own name for it is the same. */
export const portMessage = 'spagene:port';
