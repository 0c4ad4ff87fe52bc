import { nativeTheme } from 'electron';
import type { Result } from '../src-shared/contract/handlers.ts';
import { setMenu, type MenuActions } from './menu.ts';

type Recent = Result<'app:recent'>;

/** Keeps the native menus as the app is: the project, the recent ones, the theme. */
export class MenuBar {
  readonly #actions: MenuActions;
  readonly #askRecent: () => Promise<Recent>;
  #recent: Recent = [];
  #folder: string | null = null;

  constructor(actions: MenuActions, askRecent: () => Promise<Recent>) {
    this.#actions = actions;
    this.#askRecent = askRecent;
    this.refresh();
    void this.#learnRecent();
  }

  /** Folder of the project that is open now. @returns whether it is another one than before */
  project(folder: string | null): boolean {
    if (folder === this.#folder) return false;
    this.#folder = folder;
    this.refresh();
    void this.#learnRecent();
    return true;
  }

  refresh(): void {
    const { themeSource: theme } = nativeTheme;
    setMenu({ hasProject: this.#folder !== null, recent: this.#recent, theme }, this.#actions);
  }

  /** An engine that is gone tells nothing; the list stays as it is. */
  async #learnRecent(): Promise<void> {
    this.#recent = await this.#askRecent().catch(() => this.#recent);
    this.refresh();
  }
}
