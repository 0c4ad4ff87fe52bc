import type { z } from 'zod';
import type { backendChoice } from '../../../src-shared/contract/calls/app.ts';
import type { Estimate } from '../../../src-shared/contract/calls/job.ts';
import type { PresetName } from '../../../src-shared/domain/presets.ts';
import type { ProjectState, RunRecord } from '../../../src-shared/domain/project.ts';
import type { HyperparameterName } from '../../../src-shared/domain/run-config.ts';
import { IconButton } from '../../components/Button.tsx';
import { AllParameters } from './AllParameters.tsx';
import type { Draft, ParameterValue } from './draft.ts';
import { PresetCards } from './PresetCards.tsx';
import { RunSettings } from './RunSettings.tsx';
import { Summary } from './Summary.tsx';
import { Weights } from './Weights.tsx';

export interface ModelProps {
  readonly project: ProjectState;
  readonly draft: Draft;
  readonly backends: readonly z.infer<typeof backendChoice>[];
  readonly estimate: {
    readonly value: Estimate | null;
    readonly error: string | null;
    readonly waiting: boolean;
  };
  readonly blocked: string | undefined;
  readonly starting: boolean;
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly onUndo: () => void;
  readonly onRedo: () => void;
  readonly onPreset: (preset: PresetName) => void;
  readonly onParameter: (name: HyperparameterName, value: ParameterValue) => void;
  readonly onPart: (part: Partial<Draft>, tag: string) => void;
  readonly onRun: (run: RunRecord) => void;
  readonly onStart: () => void;
  readonly onReset: () => void;
}

/** The form of a run at the left, what it comes to at the right. */
export function Model(props: ModelProps) {
  const { project, draft } = props;
  return (
    <div className="model">
      <div className="model-form">
        <header className="model-head">
          <h1>Model</h1>
          <div className="row">
            <FromRun runs={project.runs} onRun={props.onRun} />
            <IconButton icon="undo" label="Undo (Ctrl+Z)" disabled={!props.canUndo} onClick={props.onUndo} />
            <IconButton
              icon="undo"
              label="Redo (Ctrl+Shift+Z)"
              className="is-mirrored"
              disabled={!props.canRedo}
              onClick={props.onRedo}
            />
          </div>
        </header>
        <section className="card stack" aria-labelledby="model-preset">
          <h2 id="model-preset">Preset</h2>
          <PresetCards
            chosen={draft.preset}
            recognised={project.spatial?.preset ?? project.reference?.preset ?? null}
            onChoose={props.onPreset}
          />
        </section>
        <section className="card stack" aria-labelledby="model-weights">
          <h2 id="model-weights">Loss weights</h2>
          <p className="muted">
            How much each aim counts while the networks learn. The preset is a good place to stay.
          </p>
          <Weights draft={draft} onChange={props.onParameter} />
        </section>
        <section className="card stack" aria-labelledby="model-run">
          <h2 id="model-run">Run</h2>
          <RunSettings draft={draft} backends={props.backends} onChange={props.onPart} />
        </section>
        <section className="card stack" aria-labelledby="model-all">
          <h2 id="model-all">All other settings</h2>
          <AllParameters draft={draft} onChange={props.onParameter} />
        </section>
      </div>
      <Summary
        project={project}
        draft={draft}
        estimate={props.estimate}
        blocked={props.blocked}
        starting={props.starting}
        onStart={props.onStart}
        onReset={props.onReset}
      />
    </div>
  );
}

/** Takes the settings of an earlier run. */
function FromRun({
  runs,
  onRun,
}: {
  readonly runs: readonly RunRecord[];
  readonly onRun: (run: RunRecord) => void;
}) {
  if (runs.length === 0) return null;
  return (
    <select
      className="select"
      aria-label="Use the settings of an earlier run"
      value=""
      onChange={(event) => {
        const run = runs.find(({ id }) => id === event.target.value);
        if (run) onRun(run);
      }}
    >
      <option value="" disabled>
        Settings of an earlier run
      </option>
      {[...runs].reverse().map((run) => (
        <option key={run.id} value={run.id}>
          {run.name}
        </option>
      ))}
    </select>
  );
}
