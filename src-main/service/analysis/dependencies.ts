import type { AnalysisParameters } from '../../../src-shared/domain/analysis.ts';
import type { AnalysisRecord, ProjectState } from '../../../src-shared/domain/project.ts';

/** Earlier analyses that one needs, by id: those whose labels it uses, and the genes that pathways are looked for in. */
export interface Needed {
  readonly labels: readonly string[];
  readonly genes: string | null;
}

export function neededBy(parameters: AnalysisParameters): Needed {
  const labels = new Set<string>();
  withSources(parameters, (id) => {
    labels.add(id);
    return id;
  });
  return { labels: [...labels], genes: parameters.kind === 'pathways' ? parameters.genes : null };
}

/** Columns of the cells whose values serve as labels. */
export function columnsOf(parameters: AnalysisParameters): string[] {
  const found = new Set<string>();
  walk(parameters, (value) => {
    if (typeof value['column'] === 'string') found.add(value['column']);
    return undefined;
  });
  return [...found];
}

/** The parameters with other names for the analyses that they name. */
export function renamedSources(
  parameters: AnalysisParameters,
  change: (id: string) => string,
): AnalysisParameters {
  const sources = withSources(parameters, change);
  return sources.kind === 'pathways' ? { ...sources, genes: change(sources.genes) } : sources;
}

/** The analysis, if any, that is under way and reads what a job of this id has left. */
export function readerOf({ analyses }: ProjectState, id: string): AnalysisRecord | undefined {
  return analyses.find(({ state, run, parameters }) => {
    if (state !== 'running') return false;
    const { labels, genes } = neededBy(parameters);
    return run === id || genes === id || labels.includes(id);
  });
}

function withSources(parameters: AnalysisParameters, change: (id: string) => string): AnalysisParameters {
  return walk(parameters, (value) =>
    typeof value['analysis'] === 'string' ? { ...value, analysis: change(value['analysis']) } : undefined,
  ) as AnalysisParameters;
}

type Plain = Readonly<Record<string, unknown>>;

/** A copy of plain data; `visit` says what stands in place of an object, and undefined where it looks inside. */
function walk(value: unknown, visit: (value: Plain) => Plain | undefined): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const plain = value as Plain;
  return (
    visit(plain) ?? Object.fromEntries(Object.entries(plain).map(([key, inner]) => [key, walk(inner, visit)]))
  );
}
