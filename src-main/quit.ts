import { app, dialog, powerMonitor, type BrowserWindow } from 'electron';
import type { MainWindow } from './window.ts';

export interface LeaveOptions {
  readonly window: MainWindow;
  /** What leaving does to running jobs; null when none runs. */
  readonly busy: () => string | null;
  /** Pauses the jobs with a checkpoint and ends the engine. */
  readonly shutdown: () => Promise<void>;
}

/** Lets the app end only when the user agrees about running jobs, and the engine has saved them. */
export class Leaving {
  readonly #options: LeaveOptions;
  #state: 'staying' | 'asking' | 'saving' | 'saved' = 'staying';

  constructor(options: LeaveOptions) {
    this.#options = options;
    app.on('before-quit', (event) => {
      if (this.#state === 'saved') return;
      event.preventDefault();
      void this.#leave();
    });
    app.on('window-all-closed', () => {
      if (process.platform !== 'darwin') app.quit();
    });
    // The system is about to end: nobody is asked, and what there is time for is saved.
    powerMonitor.on('shutdown', (event?: { preventDefault(): void }) => {
      event?.preventDefault();
      void this.#save().then(() => app.quit());
    });
  }

  /** Closing the window ends the app, except on macOS. */
  guard(window: BrowserWindow): void {
    window.on('close', (event) => {
      const ends = process.platform !== 'darwin' && (this.#state === 'staying' || this.#state === 'asking');
      if (!ends) return;
      event.preventDefault();
      app.quit();
    });
    window.on('session-end', () => void this.#save());
  }

  async #leave(): Promise<void> {
    if (this.#state !== 'staying') return;
    this.#state = 'asking';
    const busy = this.#options.busy();
    if (busy === null || (await this.#agrees(busy))) {
      await this.#save();
      app.quit();
    } else this.#stay();
  }

  /** Unless the system has begun to end meanwhile. */
  #stay(): void {
    if (this.#state === 'asking') this.#state = 'staying';
  }

  async #save(): Promise<void> {
    if (this.#state === 'saving' || this.#state === 'saved') return;
    this.#state = 'saving';
    this.#options.window.window?.hide();
    await this.#options.shutdown().catch(() => undefined);
    this.#state = 'saved';
  }

  async #agrees(detail: string): Promise<boolean> {
    const options = {
      type: 'question' as const,
      message: 'A job is running.',
      detail,
      buttons: ['Pause the job and quit', 'Cancel'],
      defaultId: 0,
      cancelId: 1,
      noLink: true,
    };
    const { window } = this.#options.window;
    const asked =
      window === undefined ? dialog.showMessageBox(options) : dialog.showMessageBox(window, options);
    return (await asked).response === 0;
  }
}
