import { useState } from 'react';
import type { JobProgress, RunRecord } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { ProgressBar } from '../../components/feedback.tsx';
import { finishBlocked } from '../../frame/job-bar/RunningJob.tsx';
import type { JobActions } from '../../frame/job-bar/use-job-actions.ts';
import { nameOf, percent, rate, stateOf } from '../../frame/job-bar/words.ts';
import { bytes, duration, whole } from '../../lib/words.ts';

interface RunHeaderProps {
  readonly run: RunRecord;
  readonly progress: JobProgress | undefined;
  /** Where the training is; null before its first point. */
  readonly place: TrainingPlace | null;
  readonly members: number;
  readonly actions: JobActions;
  readonly readOnly: string | null;
  readonly onRename: (name: string) => void;
}

export interface TrainingPlace {
  /** From 0. */
  readonly member: number;
  readonly stage: string;
  readonly epoch: number;
  readonly step: number;
  readonly steps: number;
}

/** What the run is called, how it is doing, and what can be done with it. */
export function RunHeader({ run, progress, place, members, actions, readOnly, onRename }: RunHeaderProps) {
  return (
    <header className="training-header">
      <div className="training-title">
        <NameField key={`${run.id} ${run.name}`} run={run} readOnly={readOnly} onRename={onRename} />
        <span className={`training-state is-${run.state}`}>{stateOf(run)}</span>
        <RunButtons run={run} progress={progress} actions={actions} readOnly={readOnly} />
      </div>
      <Facts run={run} progress={progress} place={place} members={members} />
      {run.state === 'running' && (
        <ProgressBar share={progress?.share ?? null} label={`Progress of ${nameOf(run)}`} />
      )}
    </header>
  );
}

function NameField({ run, readOnly, onRename }: Pick<RunHeaderProps, 'run' | 'readOnly' | 'onRename'>) {
  const current = nameOf(run);
  const [text, setText] = useState(current);
  const take = () => {
    const name = text.trim();
    if (name === '') setText(current);
    else if (name !== current) onRename(name);
  };
  return (
    <h1>
      <input
        className="training-name"
        aria-label="Name of the run"
        maxLength={200}
        readOnly={readOnly !== null}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') event.currentTarget.blur();
          if (event.key === 'Escape') setText(current);
        }}
      />
    </h1>
  );
}

function RunButtons({
  run,
  progress,
  actions,
  readOnly,
}: Pick<RunHeaderProps, 'run' | 'progress' | 'actions' | 'readOnly'>) {
  const locked = readOnly ?? undefined;
  return (
    <div className="training-buttons">
      {run.state === 'running' && (
        <>
          <Button icon="pause" blocked={locked} disabled={actions.busy} onClick={() => actions.pause(run.id)}>
            Pause
          </Button>
          <Button
            icon="stop"
            blocked={locked ?? finishBlocked(run, progress)}
            title="Ends the training and keeps the result so far"
            disabled={actions.busy}
            onClick={() => actions.finishEarly(run.id)}
          >
            Finish now
          </Button>
        </>
      )}
      {run.state === 'paused' && (
        <Button
          kind="primary"
          icon="play"
          blocked={locked}
          disabled={actions.busy}
          onClick={() => actions.resume(run.id)}
        >
          Resume
        </Button>
      )}
      <Button
        kind="quiet"
        icon="trash"
        blocked={locked}
        disabled={actions.busy}
        onClick={() => actions.remove(run)}
      >
        Remove
      </Button>
    </div>
  );
}

const wide: ReadonlySet<string> = new Set(['Stage', 'Result', 'Computed on']);

type FactsProps = Pick<RunHeaderProps, 'run' | 'progress' | 'place' | 'members'>;

/** Numbers in places of their own, so that nothing moves while they change. */
function Facts({ run, progress, place, members }: FactsProps) {
  const facts = run.state === 'running' ? runningFacts({ run, progress, place, members }) : restingFacts(run);
  return (
    <dl className="training-facts numeric">
      {facts.map(([name, value]) => (
        <div key={name} className={wide.has(name) ? 'is-wide' : undefined}>
          <dt className="small muted">{name}</dt>
          <dd title={value}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function runningFacts({ run, progress, place, members }: FactsProps): [string, string][] {
  const none = '–';
  return [
    ['Stage', progress?.stage ?? place?.stage ?? 'Starting'],
    ['Done', progress === undefined ? none : percent(progress.share)],
    ['Time left', progress?.secondsLeft == null ? none : duration(progress.secondsLeft)],
    ['Computed on', run.backend ?? none],
    ['Network', place === null ? `${none} of ${members}` : `${place.member + 1} of ${members}`],
    ['Epoch', place === null ? none : whole(place.epoch + 1)],
    ['Step', place === null ? none : `${whole(place.step + 1)} of ${whole(place.steps)}`],
    ['Speed', progress?.stepsPerSecond == null ? none : `${rate(progress.stepsPerSecond)} steps/s`],
    ['Memory', progress?.memoryBytes == null ? none : bytes(progress.memoryBytes)],
  ];
}

function restingFacts(run: RunRecord): [string, string][] {
  return [
    ...(run.seconds > 0 ? [['Work', duration(run.seconds)] as [string, string]] : []),
    ...(run.result === null
      ? []
      : [
          ['Result', `${whole(run.result.cells)} cells × ${whole(run.result.genes)} genes`] as [
            string,
            string,
          ],
        ]),
    ...(run.backend === null ? [] : [['Computed on', run.backend] as [string, string]]),
    ['Seed', String(run.seed)],
  ];
}
