import type { EvaluationRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { Select } from '../../components/fields.tsx';
import { nameOf, stateOf } from '../../frame/job-bar/words.ts';
import { formatMoment } from '../../lib/moment.ts';

interface HeadProps {
  readonly evaluation: EvaluationRecord;
  /** The newest first. */
  readonly all: readonly EvaluationRecord[];
  readonly readOnly: string | null;
  readonly busy: boolean;
  readonly onChoose: (id: string) => void;
  readonly onNew: () => void;
  readonly onRemove: () => void;
  /** Writes the report to a file; absent before there is one. */
  readonly onReport: (() => void) | undefined;
}

/** Which evaluation is shown, and what can be done with it. */
export function Head({ evaluation, all, readOnly, busy, onChoose, onNew, onRemove, onReport }: HeadProps) {
  const locked = readOnly ?? undefined;
  return (
    <header className="quality-head">
      <h1>{nameOf(evaluation)}</h1>
      <span className="muted">{stateOf(evaluation)}</span>
      {all.length > 1 && (
        <Select
          label="Evaluation"
          hideLabel
          value={evaluation.id}
          options={all.map((each) => ({
            value: each.id,
            label: `${nameOf(each)} · ${stateOf(each).toLowerCase()} · ${formatMoment(each.created)}`,
          }))}
          onChange={onChoose}
        />
      )}
      <div className="quality-buttons">
        {onReport && (
          <Button icon="download" blocked={locked} disabled={busy} onClick={onReport}>
            Report as a page
          </Button>
        )}
        <Button icon="plus" blocked={locked} onClick={onNew}>
          New evaluation
        </Button>
        <Button kind="quiet" icon="trash" blocked={locked} disabled={busy} onClick={onRemove}>
          Remove
        </Button>
      </div>
    </header>
  );
}
