import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/feedback.tsx';
import type { Progress } from './imports.ts';
import { percent } from './words.ts';

interface Props {
  /** What is done until the engine says it more exactly. */
  readonly words: string;
  readonly progress: Progress | null;
  readonly onStop?: () => void;
}

/** Work under way, with its progress and a way to stop it. */
export function Working({ words, progress, onStop }: Props) {
  const stage = progress?.stage ?? words;
  const share = progress?.share ?? null;
  return (
    <div className="import-working" role="status">
      <div>
        <span>
          {stage}
          {share === null ? ' …' : ''}
        </span>
        <span className="numeric">{share === null ? '' : percent(share)}</span>
        {onStop && (
          <Button kind="quiet" onClick={onStop}>
            Stop
          </Button>
        )}
      </div>
      <ProgressBar share={share} label={stage} />
    </div>
  );
}
