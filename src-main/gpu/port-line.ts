import type { Line } from '../methods/stage-protocol.ts';

/** A MessagePort of a page. */
export interface PagePort {
  postMessage(message: unknown): void;
  onmessage: ((event: { readonly data: unknown }) => void) | null;
  addEventListener(type: 'close', listener: () => void): void;
}

/** The line over a page's port. */
export function lineOver(port: PagePort): Line {
  return {
    send: (message) => port.postMessage(message),
    onMessage: (listener) => {
      // Setting the property, other than adding a listener, also starts the port.
      port.onmessage = ({ data }) => listener(data);
    },
    onClose: (listener) => port.addEventListener('close', listener),
  };
}
