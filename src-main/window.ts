import { BrowserWindow, screen, type BrowserWindowConstructorOptions, type WebContents } from 'electron';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { distFolder, pageAddress } from './app-address.ts';
import { smallest, type Placement, type WindowState } from './window-state.ts';
import { securePreferences } from './security.ts';

/** The --bg of both themes in src-renderer/theme/tokens.css, so that nothing flashes before the page is there. */
export const backgrounds = { light: '#f3f5f7', dark: '#12161a' } as const;

/** Called with every window that is made. */
export type SetUpWindow = (window: BrowserWindow) => void;

/** The app's one window; on macOS it can be closed while the app goes on. */
export class MainWindow {
  readonly #state: WindowState;
  readonly #setUp: SetUpWindow;
  #window: BrowserWindow | undefined;
  #title = 'SpaGene Desktop';

  constructor(state: WindowState, setUp: SetUpWindow) {
    this.#state = state;
    this.#setUp = setUp;
  }

  get window(): BrowserWindow | undefined {
    return this.#window;
  }

  /** The page in the window. */
  get page(): WebContents | undefined {
    return this.#window?.webContents;
  }

  get isFocused(): boolean {
    return this.#window?.isFocused() === true;
  }

  /** Opens the window, or brings it to the front. */
  show(): void {
    if (this.#window === undefined) this.#open();
    else {
      if (this.#window.isMinimized()) this.#window.restore();
      this.#window.show();
      this.#window.focus();
    }
  }

  /** Names the window after the project that is open. */
  name(project: { readonly name: string; readonly folder: string } | null): void {
    this.#title = project === null ? 'SpaGene Desktop' : `${project.name} – SpaGene Desktop`;
    this.#window?.setTitle(this.#title);
    if (process.platform === 'darwin') this.#window?.setRepresentedFilename(project?.folder ?? '');
  }

  /** Share of the running job, on the taskbar or the dock; none when no job runs. */
  progress(share: number | null): void {
    this.#window?.setProgressBar(share ?? -1);
  }

  dark(dark: boolean): void {
    this.#state.dark = dark;
    this.#window?.setBackgroundColor(dark ? backgrounds.dark : backgrounds.light);
  }

  #open(): void {
    const place = this.#state.place(screen.getAllDisplays(), screen.getPrimaryDisplay());
    const window = new BrowserWindow(optionsOf(place, this.#title, this.#state.dark));
    this.#window = window;
    if (place.maximized) window.maximize();
    window.once('ready-to-show', () => window.show());
    // A page that cannot be loaded would otherwise leave a window that nobody sees.
    window.webContents.on('did-fail-load', () => window.show());
    window.on('page-title-updated', (event) => event.preventDefault());
    window.on('close', () => this.#remember(window));
    window.on('closed', () => {
      this.#window = undefined;
    });
    this.#setUp(window);
    // A failure is told by did-fail-load.
    window.loadURL(pageAddress).catch(() => undefined);
  }

  #remember(window: BrowserWindow): void {
    const bounds = window.getNormalBounds();
    this.#state.remember(screen.getDisplayMatching(window.getBounds()), {
      bounds,
      maximized: window.isMaximized(),
    });
  }
}

function optionsOf({ bounds }: Placement, title: string, dark: boolean): BrowserWindowConstructorOptions {
  return {
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    show: false,
    title,
    backgroundColor: dark ? backgrounds.dark : backgrounds.light,
    ...icon(),
    webPreferences: securePreferences(join(distFolder(), 'preload.cjs')),
  };
}

/** Windows and macOS take the icon of the program itself. */
function icon(): { icon?: string } {
  const file = join(distFolder(), '..', 'assets', 'icons', '256x256.png');
  return process.platform === 'linux' && existsSync(file) ? { icon: file } : {};
}
