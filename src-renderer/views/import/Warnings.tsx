import type { DatasetRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Note } from '../../components/feedback.tsx';
import { remedyOf, withoutPath, type Remedy } from './remedies.ts';

interface Props {
  /** Of the data: a warning need not repeat what stands above it. */
  readonly paths: readonly string[];
  readonly warnings: DatasetRecord['warnings'];
  /** What can be done here; a warning that one of them helps against gets its button. */
  readonly remedies: Partial<Readonly<Record<Remedy, { readonly label: string; readonly run: () => void }>>>;
}

/** Whatever looks wrong about the data, each with what to do. */
export function Warnings({ paths, warnings, remedies }: Props) {
  if (warnings.length === 0) return null;
  return (
    <ul className="import-warnings" aria-label="Warnings">
      {warnings.map(({ code, message }, i) => {
        const remedy = remedies[remedyOf(code) ?? 'none'];
        return (
          <li key={`${code}-${i}`}>
            <Note kind="warning" actions={remedy && <Button onClick={remedy.run}>{remedy.label}</Button>}>
              {withoutPath(message, paths)}
            </Note>
          </li>
        );
      })}
    </ul>
  );
}
