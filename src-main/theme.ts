import { nativeTheme } from 'electron';
import { settings, type Settings } from '../src-shared/contract/calls/app.ts';
import { request, type Response } from '../src-shared/contract/messages.ts';

const aboutSettings: ReadonlySet<string> = new Set(['app:settings', 'app:change-settings']);

/** Menus, dialogs and the window take the theme that the page has. @param changed whether it is dark now */
export function followTheme(changed: (dark: boolean) => void): {
  /** To be given every answered request. */
  readonly answered: (message: unknown, response: Response) => void;
  readonly set: (theme: Settings['theme']) => void;
} {
  nativeTheme.on('updated', () => changed(nativeTheme.shouldUseDarkColors));
  const set = (theme: Settings['theme']) => {
    if (nativeTheme.themeSource !== theme) nativeTheme.themeSource = theme;
    changed(nativeTheme.shouldUseDarkColors);
  };
  const answered = (message: unknown, response: Response) => {
    const asked = request.safeParse(message);
    if (!asked.success || !aboutSettings.has(asked.data.call) || !response.ok) return;
    const found = settings.safeParse(response.value);
    if (found.success) set(found.data.theme);
  };
  return { answered, set };
}
