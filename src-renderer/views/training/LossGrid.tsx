import { useState } from 'react';
import { Checkbox, Segmented, Select } from '../../components/fields.tsx';
import type { LossStore } from '../../store/losses.ts';
import { LossChart } from './LossChart.tsx';
import { ScoreCard } from './ScoreCard.tsx';
import { termCharts, type StageGroup, type TermChart } from './terms.ts';
import type { TrainingView } from './view-state.ts';

interface LossGridProps {
  readonly store: LossStore;
  readonly runs: readonly { readonly id: string; readonly name: string }[];
  readonly view: TrainingView;
  /** The network that is shown, from 0, and how many there are. */
  readonly member: number;
  readonly members: number;
  readonly score: number | null;
  /** Whether the panel term is trained. */
  readonly panel: boolean;
  /** Whether the shown run trains, so that the network in training can be followed. */
  readonly running: boolean;
  readonly csv: (chart: TermChart) => Promise<string>;
  readonly onView: (part: Partial<TrainingView>) => void;
}

/** The held-out score and a chart for every loss term, with one cursor for all charts of a stage. */
export function LossGrid(props: LossGridProps) {
  const { store, runs, view, member, members, score, panel, csv } = props;
  const [cursor, setCursor] = useState<{ readonly group: StageGroup; readonly step: number } | null>(null);
  const cursorOf = (group: StageGroup) => ({
    cursor: cursor?.group === group ? cursor.step : null,
    onCursor: (step: number | null) => setCursor(step === null ? null : { group, step }),
  });
  const shown = termCharts.filter(
    ({ id, group }) => (view.group === 'all' || view.group === group) && (panel || id !== 'panel'),
  );
  const shared = { store, runs, member, csv };
  return (
    <section aria-label="Loss curves" className="training-curves">
      <Controls {...props} />
      <div className="training-grid">
        <ScoreCard {...shared} {...cursorOf('translation')} members={members} score={score} />
        {shown.map((chart) => (
          <LossChart
            key={chart.id}
            {...shared}
            {...cursorOf(chart.group)}
            chart={chart}
            log={view.log}
            smoothing={view.smoothing}
          />
        ))}
      </div>
    </section>
  );
}

const groups = [
  { value: 'all', label: 'All terms' },
  { value: 'autoencoders', label: 'Autoencoders' },
  { value: 'translation', label: 'Translation' },
] as const;

function Controls({ view, members, member, running, onView }: LossGridProps) {
  const networks = Array.from({ length: members }, (_, i) => ({
    value: String(i),
    label: `Network ${i + 1}`,
  }));
  return (
    <div className="training-controls">
      <Segmented label="Stage" value={view.group} options={groups} onChange={(group) => onView({ group })} />
      {members > 1 && (
        <Select
          label="Network"
          hideLabel
          value={running && view.member === null ? 'follow' : String(member)}
          options={
            running
              ? [{ value: 'follow', label: `In training (network ${member + 1})` }, ...networks]
              : networks
          }
          onChange={(value) => onView({ member: value === 'follow' ? null : Number(value) })}
        />
      )}
      <Checkbox label="Log axis" checked={view.log} onChange={(log) => onView({ log })} />
      <label className="training-smoothing">
        <span>Smoothing</span>
        <input
          type="range"
          className="slider"
          min={0}
          max={0.98}
          step={0.02}
          value={view.smoothing}
          onChange={(event) => onView({ smoothing: Number(event.target.value) })}
        />
        <span className="numeric training-smoothing-value">{view.smoothing.toFixed(2)}</span>
      </label>
    </div>
  );
}
