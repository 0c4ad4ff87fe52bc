import { useState } from 'react';
import { Button } from '../../components/Button.tsx';

/** Text to take elsewhere, with a button that copies it. */
export function CopyText({ label, text }: { readonly label: string; readonly text: string }) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  const copy = () => {
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  return (
    <div className="export-copy">
      <pre className="mono" tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <Button kind="quiet" onClick={copy}>
        {state === 'copied' ? 'Copied' : 'Copy'}
      </Button>
      <span role="status" className="small muted">
        {state === 'failed' ? 'The browser does not allow copying here; select the text instead.' : ''}
      </span>
    </div>
  );
}
