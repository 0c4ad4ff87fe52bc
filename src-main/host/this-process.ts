/** A line to another process or to a page; Electron's MessagePortMain is one. Messages are structured clones. */
export interface Port {
  postMessage(message: unknown): void;
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(event: 'close', listener: () => void): unknown;
  start(): void;
}

/** The process that started this one. */
export interface Parent {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** A line that the parent handed over. Never in a process that Node forked: those have no ports. */
  onPort(listener: (port: Port) => void): void;
  /** The parent is gone, and nobody is left to work for. Electron ends its utility processes by itself. */
  onDisconnect(listener: () => void): void;
}

/** What a utility process of Electron finds as process.parentPort. */
interface ParentPort {
  postMessage(message: unknown): void;
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly Port[] }) => void,
  ): unknown;
}

/** Undefined in a process that is not a utility process of Electron. */
export function parentPort(): ParentPort | undefined {
  return (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
}

let found: Parent | undefined;

/** The parent of this process, started either way; undefined in a process that was started from a shell. */
export function parent(): Parent | undefined {
  if (found !== undefined) return found;
  const port = parentPort();
  if (port !== undefined) found = overPort(port);
  else if (process.send !== undefined) found = overFork();
  // Ctrl-C in a terminal reaches the whole group; the parent says when to stop.
  if (found !== undefined) process.on('SIGINT', () => undefined);
  return found;
}

function overFork(): Parent {
  return {
    send: (message) => {
      if (process.connected) process.send!(message, undefined, undefined, () => undefined);
    },
    onMessage: (listener) => void process.on('message', listener),
    onPort: () => undefined,
    onDisconnect: (listener) => void process.on('disconnect', listener),
  };
}

function overPort(port: ParentPort): Parent {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) =>
      void port.on('message', ({ data, ports }) => {
        if (ports.length === 0) listener(data);
      }),
    onPort: (listener) =>
      void port.on('message', ({ ports }) => {
        for (const each of ports) listener(each);
      }),
    onDisconnect: () => undefined,
  };
}
