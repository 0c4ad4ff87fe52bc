/**
 * What the preload script exposes as `window.spagene` in Electron; absent in a browser. A MessagePort cannot be handed
 * through it: after {@link ElectronApi.connect} the preload posts one to the window as
 * `window.postMessage('spagene:port', location.origin, [port])`, and again whenever the engine was restarted.
 */
export interface ElectronApi {
  /** Tells the host that this page listens: pushes start, with `seq` from 1, and a port is sent. */
  connect(): void;
  /** Sends a Request of src-shared/contract/messages.ts; resolves to its Response. */
  request(message: unknown): Promise<unknown>;
  onPush(listener: (message: unknown) => void): void;
  /** The path of a file that was dropped on the page. */
  pathOf(file: File): string;
}

declare global {
  interface Window {
    readonly spagene?: ElectronApi;
  }
}

/** The message with which the preload script hands a port to the page. */
export const portMessage = 'spagene:port';
