import type { JobProgress, RunRecord } from '../../../src-shared/domain/project.ts';
import { fixed } from '../../../src-shared/plot/format.ts';
import { nameOf, percent, stateOf } from '../../frame/job-bar/words.ts';
import { presetWords } from '../model/titles.ts';
import { runColours } from './term-lines.ts';
import { MOST_COMPARED } from './view-state.ts';

interface RunListProps {
  readonly runs: readonly RunRecord[];
  readonly shown: string;
  /** Runs that are drawn, the shown one first. */
  readonly drawn: readonly string[];
  readonly progress: Readonly<Record<string, JobProgress>>;
  readonly onShow: (id: string) => void;
  readonly onCompare: (id: string) => void;
}

/** Every run, with what tells it apart; ticked ones are drawn beside the shown one. */
export function RunList({ runs, shown, drawn, progress, onShow, onCompare }: RunListProps) {
  const full = drawn.length >= MOST_COMPARED;
  return (
    <ul className="training-runs">
      {runs.map((run) => {
        const at = drawn.indexOf(run.id);
        const name = nameOf(run);
        return (
          <li key={run.id} className={run.id === shown ? 'is-shown' : undefined}>
            <button type="button" aria-current={run.id === shown || undefined} onClick={() => onShow(run.id)}>
              <span className="training-run-name" title={name}>
                {drawn.length > 1 && at >= 0 && <Swatch colour={runColours[at]!} />}
                {name}
              </span>
              <span className="training-run-facts small muted numeric">
                <span className={`training-state is-${run.state}`}>{stateOf(run)}</span>
                {run.state === 'running' && progress[run.id] && (
                  <span>{percent(progress[run.id]!.share)}</span>
                )}
                <span>{presetWords[run.preset].title}</span>
                {run.score !== null && <span>score {fixed(run.score, 3)}</span>}
              </span>
            </button>
            <input
              type="checkbox"
              aria-label={`Compare ${name}`}
              title={title(run.id === shown, at >= 0, full)}
              checked={at >= 0}
              disabled={run.id === shown || (at < 0 && full)}
              onChange={() => onCompare(run.id)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function title(isShown: boolean, isDrawn: boolean, full: boolean): string {
  if (isShown) return 'Shown; tick others to compare them with it';
  if (!isDrawn && full) return `At most ${MOST_COMPARED} runs are drawn at once`;
  return 'Draw its curves beside the shown run’s';
}

function Swatch({ colour }: { readonly colour: string }) {
  return (
    <svg width="10" height="10" aria-hidden="true">
      <circle cx="5" cy="5" r="5" fill={colour} />
    </svg>
  );
}
