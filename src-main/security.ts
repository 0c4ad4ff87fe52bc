import {
  app,
  shell,
  type IpcMainEvent,
  type IpcMainInvokeEvent,
  type Session,
  type WebContents,
  type WebPreferences,
} from 'electron';
import { publishedTables } from '../src-shared/domain/published-pairs.ts';
import { isOwnAddress, scheme } from './app-address.ts';

/** Pages of others that the user may open in the browser of the system: exactly these, and only by a click. */
const outside: ReadonlySet<string> = new Set(Object.values(publishedTables).map(({ source }) => source.url));

/** What the page may load besides itself: what it made in memory. */
const inside: ReadonlySet<string> = new Set(['blob:', 'data:']);

/** What the page may do that needs a permission: its buttons copy text. */
const permitted = 'clipboard-sanitized-write';

/** No permission but to copy, no network, no spelling dictionaries; files leave only through the save dialog. */
export function secureSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback, { isMainFrame, requestingUrl }) =>
    callback(permission === permitted && isMainFrame && isOwnAddress(requestingUrl)),
  );
  session.setPermissionCheckHandler(
    (_contents, permission, origin, { isMainFrame }) =>
      permission === permitted && isMainFrame && isOwnAddress(origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => callback(null));
  session.setSpellCheckerEnabled(false);
  session.webRequest.onBeforeRequest(({ url }, callback) => callback({ cancel: !isInside(url) }));
  session.on('will-download', (event, item) => {
    if (item.getURL().startsWith(`blob:${scheme}://`))
      item.setSaveDialogOptions({ title: 'Save', defaultPath: item.getFilename() });
    else event.preventDefault();
  });
}

/** Rules for every page that could ever exist, whoever makes it. */
export function secureContents(contents: WebContents): void {
  contents.on('will-navigate', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame || !isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-redirect', (event) => {
    if (!isOwnAddress(event.url)) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    if (outside.has(url)) void shell.openExternal(url);
    return { action: 'deny' };
  });
}

/** What every window of ours is made with: a sandboxed page that reaches the app through its preload script alone. */
export function securePreferences(preload: string): WebPreferences {
  return {
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: !app.isPackaged,
  };
}

/** The rules that hold for the whole app. */
export function secureApp(): void {
  app.on('web-contents-created', (_event, contents) => secureContents(contents));
  app.on('certificate-error', (event, _contents, _url, _error, _certificate, callback) => {
    event.preventDefault();
    callback(false);
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
  app.on('login', (event) => event.preventDefault());
}

/** Whether a message comes from the main frame of our own page in `contents`. */
export function isFromPage(
  event: IpcMainEvent | IpcMainInvokeEvent,
  contents: WebContents | undefined,
): boolean {
  const frame = event.senderFrame;
  if (frame === null || contents === undefined || event.sender !== contents) return false;
  return frame.parent === null && isOwnAddress(frame.url);
}

function isInside(address: string): boolean {
  if (isOwnAddress(address)) return true;
  if (!URL.canParse(address)) return false;
  const { protocol } = new URL(address);
  return inside.has(protocol) || (protocol === 'devtools:' && !app.isPackaged);
}
