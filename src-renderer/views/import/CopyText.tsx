import { IconButton } from '../../components/Button.tsx';
import { useAction } from '../../engine/use-call.ts';
import { useApp } from '../../store/store.ts';

/** An address to take to a browser: the page itself opens nothing from elsewhere. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const notify = useApp((state) => state.notify);
  const copy = useAction(async () => {
    await navigator.clipboard.writeText(text);
    notify({ kind: 'ok', message: `Copied the address of ${label}` });
  });
  return (
    <p className="import-copy small">
      <span className="muted">{label}</span>
      <span className="mono">{text}</span>
      <IconButton icon="copy" label={`Copy the address of ${label}`} onClick={() => copy.run()} />
    </p>
  );
}
