import { app, dialog, type BrowserWindow } from 'electron';
import { RestartLimit } from './host/restart-limit.ts';

export interface RecoveryOptions {
  /** The page is gone: nothing is to be sent to it. */
  readonly gone: () => void;
  /** For the page that is loaded in its place. */
  readonly notice: (message: string) => void;
  readonly log: (source: string, text: string) => void;
}

const crashed =
  'The window ended unexpectedly and was loaded again. Nothing is lost, and jobs went on meanwhile.';

/** Loads the page again when it has crashed, and asks when it does not answer; the engine goes on in either case. */
export function recover(window: BrowserWindow, { gone, notice, log }: RecoveryOptions): void {
  const limit = new RestartLimit();
  const contents = window.webContents;
  const reload = () => {
    gone();
    notice(crashed);
    contents.reload();
  };
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    log('page', `gone: ${reason}, code ${exitCode}`);
    gone();
    if (limit.allowed()) reload();
    else void askAfterCrashes(window).then((again) => (again ? reload() : app.quit()));
  });
  let waiting: AbortController | undefined;
  window.on('unresponsive', () => {
    if (waiting !== undefined) return;
    const asked = new AbortController();
    waiting = asked;
    void askWhenStuck(window, asked.signal).then((answer) => {
      if (waiting === asked) waiting = undefined;
      // A page that hangs does not hear a reload; when its process ends, the crash is handled above.
      if (answer === 'reload' && !asked.signal.aborted) contents.forcefullyCrashRenderer();
    });
  });
  window.on('responsive', () => {
    waiting?.abort();
    waiting = undefined;
  });
}

async function askWhenStuck(window: BrowserWindow, signal: AbortSignal): Promise<'wait' | 'reload'> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'The window does not answer.',
    detail: 'You can wait, or load it again. Jobs go on in either case, and nothing that was saved is lost.',
    buttons: ['Wait', 'Load again'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    signal,
  });
  return response === 1 ? 'reload' : 'wait';
}

async function askAfterCrashes(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'The window ended unexpectedly again and again.',
    detail: 'Closing other programs may free the memory that it needs. Jobs go on meanwhile.',
    buttons: ['Load again', 'Quit'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return response === 0;
}
