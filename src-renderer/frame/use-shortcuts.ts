import { useEffect } from 'react';
import { VIEWS } from '../store/navigation.ts';
import { useApp } from '../store/store.ts';

/** Whether keys belong to a field that is typed in. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'range', 'button'].includes(target.type);
  return (
    target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || target.isContentEditable
  );
}

/** Keys that work everywhere. */
export function useShortcuts(): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const { project, goTo, setOverlay } = useApp.getState();
      const control = event.ctrlKey || event.metaKey;
      if (control && event.key.toLowerCase() === 'k' && project !== null) {
        event.preventDefault();
        setOverlay('commands');
      } else if (control && project !== null && /^[1-7]$/u.test(event.key)) {
        event.preventDefault();
        goTo(VIEWS[Number(event.key) - 1]!);
      } else if (event.key === '?' && !isTyping(event.target)) {
        setOverlay('shortcuts');
      }
    };
    addEventListener('keydown', listen);
    return () => removeEventListener('keydown', listen);
  }, []);
}
