import type { Settings } from '../../src-shared/contract/calls/app.ts';

export type Theme = Settings['theme'];

const dark = () => matchMedia('(prefers-color-scheme: dark)');

/** What a theme looks like now: `system` follows the machine. */
export function resolved(theme: Theme): 'light' | 'dark' {
  if (theme !== 'system') return theme;
  return dark().matches ? 'dark' : 'light';
}

/** Sets the page's colours, and keeps following the system where that is the choice. @returns stops following */
export function applyTheme(theme: Theme): () => void {
  const set = () => {
    document.documentElement.dataset['theme'] = resolved(theme);
  };
  set();
  if (theme !== 'system') return () => undefined;
  const query = dark();
  query.addEventListener('change', set);
  return () => query.removeEventListener('change', set);
}
