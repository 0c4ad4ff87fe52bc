import { useCallback, useEffect, useMemo, useSyncExternalStore } from 'react';
import type { AnalysisKind, AnalysisParameters, ParametersOf } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisResult } from '../../../src-shared/domain/analysis-result.ts';
import type { AnalysisRecord, JobProgress } from '../../../src-shared/domain/project.ts';
import type { EngineClient } from '../../engine/client.ts';
import { useEngine } from '../../engine/context.ts';
import { messageOf } from '../../engine/message-of.ts';
import { useAction } from '../../engine/use-call.ts';
import { useProject } from '../../store/project.ts';
import { useApp } from '../../store/store.ts';
import { useBiology } from './biology-context.ts';
import { results, withNames } from './result-cache.ts';
import { showAnalysis, useBiologyView } from './view-state.ts';

/** An analysis whose kind is known. */
export type AnalysisOf<K extends AnalysisKind> = AnalysisRecord & { readonly parameters: ParametersOf<K> };

export interface Analyses<K extends AnalysisKind> {
  readonly kind: K;
  /** Of the chosen run, the newest first. */
  readonly all: readonly AnalysisOf<K>[];
  /** The chosen one, else the newest that is finished, else the newest. */
  readonly shown: AnalysisOf<K> | undefined;
  readonly progress: JobProgress | undefined;
  readonly starting: boolean;
  readonly choose: (id: string) => void;
  readonly start: (parameters: ParametersOf<K>, name?: string) => void;
  /** Gives the categories of a vector of the one that is shown other names. */
  readonly rename: (vector: string, names: readonly string[]) => void;
}

const isOf =
  <K extends AnalysisKind>(kind: K, run: string) =>
  (analysis: AnalysisRecord): analysis is AnalysisOf<K> =>
    analysis.run === run && analysis.parameters.kind === kind;

/** Analyses of the chosen run of one kind, and what can be done with them. */
export function useAnalyses<K extends AnalysisKind>(kind: K): Analyses<K> {
  const engine = useEngine();
  const { run, labels } = useBiology();
  const project = useProject();
  const chosen = useBiologyView((view) => view.chosen[kind]);
  const analyses = project?.analyses;
  const all = useMemo(
    () => (analyses ?? []).filter(isOf(kind, run.id)).sort((a, b) => b.created.localeCompare(a.created)),
    [analyses, kind, run.id],
  );
  const shown =
    all.find(({ id }) => id === chosen) ?? all.find(({ state }) => state === 'finished') ?? all[0];
  const progress = useApp((state) => (shown === undefined ? undefined : state.progress[shown.id]));
  const start = useAction(async (parameters: AnalysisParameters, name?: string) => {
    const { id } = await engine.call('analysis:start', {
      ...(name !== undefined && name.trim() !== '' && { name: name.trim() }),
      run: run.id,
      parameters,
    });
    showAnalysis(kind, id);
  });
  const rename = useAction(async (vector: string, names: readonly string[]) => {
    if (shown === undefined) return;
    const key = keyOf(project?.folder ?? '', shown.id);
    const { result } = results.get(key);
    if (result !== null) {
      results.put(key, { result: withNames(result, vector, names), error: null, isFresh: true });
    }
    try {
      await engine.call('analysis:rename', { id: shown.id, vector, names: [...names] });
    } finally {
      // The summary follows as well, and a name that was refused goes back to what it was.
      results.forget(key);
      labels.again();
    }
  });
  return {
    ...{ kind, all, shown, progress },
    starting: start.busy,
    choose: (id) => showAnalysis(kind, id),
    start: start.run,
    rename: rename.run,
  };
}

/** The result of a finished analysis. The last one known stays until a new one is there. */
export function useResult(id: string | null): {
  readonly result: AnalysisResult | null;
  readonly error: string | null;
  readonly again: () => void;
} {
  const engine = useEngine();
  const folder = useProject()?.folder ?? '';
  const key = id === null ? null : keyOf(folder, id);
  const entry = useSyncExternalStore(results.subscribe, () => (key === null ? undefined : results.get(key)));
  const isFresh = entry?.isFresh ?? true;
  useEffect(() => {
    if (id !== null && key !== null && !isFresh) void fetchResult(engine, key, id);
  }, [engine, key, id, isFresh]);
  const again = useCallback(() => {
    if (key !== null) results.forget(key);
  }, [key]);
  return { result: entry?.result ?? null, error: entry?.error ?? null, again };
}

const fetching = new Set<string>();

async function fetchResult(engine: EngineClient, key: string, id: string): Promise<void> {
  if (fetching.has(key)) return;
  fetching.add(key);
  try {
    const { result } = await engine.call('analysis:result', { id });
    results.put(key, { result, error: null, isFresh: true });
  } catch (error) {
    results.put(key, { result: results.get(key).result, error: messageOf(error), isFresh: true });
  } finally {
    fetching.delete(key);
  }
}

const keyOf = (folder: string, id: string) => `${folder} ${id}`;
