import type { Warning } from '../../src-shared/contract/errors.ts';
import type { RunConfig } from '../../src-shared/domain/run-config.ts';
import type { ExpectedAccuracyParameters } from '../../src-shared/maths/expected-accuracy.ts';
import type { BackendInfo } from '../backend/select.ts';
import type { Matrix } from '../matrix/dense.ts';
import type { BlendReport } from '../methods/spagene.ts';
import type { InputFile } from './inputs.ts';
import { peakMemory, type Meter } from './meter.ts';
import type { ProcessedPair } from '../preprocess/process-pair.ts';

/** Everything that report.json is made of. */
export interface RunFacts {
  readonly version: string;
  readonly files: readonly InputFile[];
  readonly labels: readonly string[] | undefined;
  readonly pair: ProcessedPair<Matrix>;
  readonly config: RunConfig;
  readonly backend: BackendInfo;
  readonly meter: Meter;
  readonly warnings: readonly Warning[];
  readonly blend: BlendReport | undefined;
  readonly forecast: ExpectedAccuracyParameters | undefined;
  /** What to expect of the imputed genes, in plain words. */
  readonly trust: string;
  /** Whether the run went on from an earlier one; its seconds then are those of the last part. */
  readonly resumed: boolean;
  /** Networks that were trained, and whether the training was told to end early. */
  readonly members: number;
  readonly early: boolean;
}

/** report.json: what was read, what became of it, with what, how long, and what was suspicious. */
export function reportOf(facts: RunFacts): object {
  const { data, matched } = facts.pair;
  return {
    format: 'spagene-report',
    formatVersion: 1,
    versions: { spagene: facts.version, node: process.version },
    platform: `${process.platform} ${process.arch}`,
    backend: facts.backend,
    preset: facts.config.preset,
    seed: facts.config.seed,
    files: facts.files,
    sharedGenes: matched,
    processing: { spatial: data.spatial.report, reference: data.reference.report },
    result: {
      cells: data.spatial.values.rows,
      genes: data.reference.values.columns,
      trainingGenes: data.shared.names.length,
    },
    referenceLabels: labelCounts(facts.labels),
    blend: facts.blend ?? null,
    expectedAccuracy: { inWords: facts.trust, regression: facts.forecast ?? null },
    members: facts.members,
    early: facts.early,
    resumed: facts.resumed,
    stages: facts.meter.parts,
    peakMemoryBytes: peakMemory(),
    warnings: facts.warnings,
  };
}

function labelCounts(labels: readonly string[] | undefined): Record<string, number> | null {
  if (labels === undefined) return null;
  const counts = new Map<string, number>();
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
  return Object.fromEntries([...counts].sort());
}
