import { useState } from 'react';
import { useEngine } from '../../engine/context.ts';
import { useAction, useCall } from '../../engine/use-call.ts';
import { useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import { Export } from './Export.tsx';
import { useExports } from './use-exports.ts';
import './export.css';

/** Hands results on. */
export function ExportContainer() {
  const engine = useEngine();
  const project = useProject()!;
  const shell = useApp((state) => state.info?.shell ?? 'browser');
  const goTo = useApp((state) => state.goTo);
  const runs = project.runs.filter(({ result }) => result !== null);
  const [chosen, setChosen] = useState<string | null>(null);
  const run = runs.find(({ id }) => id === chosen) ?? runs.at(-1) ?? null;
  const genes = useCall('map:genes', run && { run: run.id });
  const { items, write, cancel } = useExports();
  const reveal = useAction((path: string) => engine.call('files:reveal', { path }));
  const id = run?.id ?? null;
  return (
    <Export
      runs={runs}
      evaluations={project.evaluations.filter(({ state }) => state === 'finished')}
      run={run}
      genes={genes.value}
      items={items}
      shell={shell}
      onRun={setChosen}
      onH5ad={() => write(`${run!.name}.h5ad`, { format: 'h5ad', id })}
      onCsv={(list) => write(`${run!.name}.csv`, { format: 'csv', id, ...(list && { genes: list }) })}
      onConfig={() => write(`Settings of ${run!.name}`, { format: 'config', id })}
      onReport={(evaluation) =>
        write(`Report of ${evaluation.name}`, { format: 'report', id: evaluation.id })
      }
      onCancel={cancel}
      onReveal={(path) => reveal.run(path)}
      onGo={goTo}
    />
  );
}
