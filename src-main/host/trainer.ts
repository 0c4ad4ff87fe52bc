import { parent, parentPort, type Port } from './this-process.ts';

/** `kind` of the message by which a process asks its host for a line to the window that trains. */
export const OPEN_TRAINER = 'trainer:open';

/** Milliseconds in which the window has to be there. */
const PATIENCE = 30_000;

/** What a port is used as; the shape of `Line` in methods/stage-protocol.ts. */
export interface TrainerLine {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onClose(listener: () => void): void;
}

/** A line to the window that trains; undefined outside of the desktop app, which alone has one, or when none opens. */
export async function trainerLine(): Promise<TrainerLine | undefined> {
  if (parentPort() === undefined) return undefined;
  const host = parent()!;
  const port = await new Promise<Port | undefined>((resolve) => {
    setTimeout(() => resolve(undefined), PATIENCE).unref();
    host.onPort(resolve);
    host.send({ kind: OPEN_TRAINER });
  });
  return port && lineOf(port);
}

function lineOf(port: Port): TrainerLine {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on('message', ({ data }) => listener(data));
      port.start();
    },
    onClose: (listener) => void port.on('close', listener),
  };
}
