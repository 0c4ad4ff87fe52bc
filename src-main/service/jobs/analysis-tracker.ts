import { z } from 'zod';
import { UserError, type Warning } from '../../../src-shared/contract/errors.ts';
import { warning } from '../../../src-shared/contract/schemas.ts';
import { analysisBasis } from '../../../src-shared/domain/analysis-result.ts';
import type { AnalysisEvent, AnalysisStage } from '../../../src-shared/domain/analysis-event.ts';
import { hasAnalysis } from '../../engine/analyse/analysis-files.ts';
import type { JobEvent } from '../../engine/job-protocol.ts';
import { AnalysisClock } from './analysis-clock.ts';
import { readReport } from './job-folder.ts';
import type { AnalysisPatch } from './records.ts';
import type { Heard, Progress, Tracker } from './tracker.ts';

/** What of an analysis's report.json goes into its record. */
const analysisReport = z.object({
  basis: analysisBasis,
  summary: z.string(),
  warnings: z.array(warning).default([]),
});

const stageNames: Readonly<Record<AnalysisStage, string>> = {
  reading: 'Reading the result of the run',
  analysing: 'Analysing',
  writing: 'Writing what was found',
};

/** Follows an analysis: its stage in plain words, its warnings, its finding. */
export class AnalysisTracker implements Tracker {
  readonly resumes = false;
  readonly #folder: string;
  readonly #clock: AnalysisClock;
  readonly #warnings: Warning[] = [];
  #stage = 'Starting';

  constructor(folder: string, clock = new AnalysisClock()) {
    this.#folder = folder;
    this.#clock = clock;
  }

  hear(event: JobEvent): Heard {
    return this.#hearAnalysis(event as AnalysisEvent);
  }

  #hearAnalysis(event: AnalysisEvent): Heard {
    switch (event.kind) {
      case 'stage':
        this.#clock.enter(event.name);
        this.#stage = `${stageNames[event.name]}${event.name === 'analysing' ? ` · ${event.detail}` : ''}`;
        return { log: { level: 'info', message: this.#stage }, patch: {} };
      case 'share':
        this.#clock.tick(event.share);
        return {};
      case 'warning':
        this.#warnings.push(event.warning);
        return {
          log: { level: 'warning', message: event.warning.message },
          patch: { warnings: [...this.#warnings] },
        };
      case 'note':
        return { log: { level: 'info', message: event.message }, patch: { summary: event.message } };
      case 'finished':
        return {};
    }
  }

  get progress(): Progress {
    return { ...this.#clock.reading, stage: this.#stage, stepsPerSecond: null, canFinishEarly: false };
  }

  flush(): void {
    // Nothing gathers: what is found is asked for when it is there.
  }

  async finished(): Promise<AnalysisPatch> {
    const report = analysisReport.safeParse(await readReport(this.#folder));
    if (report.success && hasAnalysis(this.#folder)) return report.data;
    throw new UserError('What the analysis found was not written, or is damaged; start it again.', {
      file: this.#folder,
    });
  }
}
