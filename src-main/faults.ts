import { app, dialog } from 'electron';

/** What goes wrong in main itself is logged and told in one sentence, instead of Electron's window with a stack trace. */
export function catchFaults(log: (source: string, text: string) => void): void {
  let told = false;
  const tell = (error: unknown) => {
    log('main', error instanceof Error ? (error.stack ?? error.message) : String(error));
    if (told) return;
    told = true;
    const what = error instanceof Error ? error.message : String(error);
    dialog.showErrorBox(
      'Something went wrong that is not your fault.',
      `SpaGene goes on, but save nothing important before starting it again. Please report this: ${what}`,
    );
  };
  process.on('uncaughtException', tell);
  process.on('unhandledRejection', tell);
  app.on('child-process-gone', (_event, { type, name, reason, exitCode }) => {
    if (reason !== 'clean-exit') log(name ?? type, `gone: ${reason}, code ${exitCode}`);
  });
}
