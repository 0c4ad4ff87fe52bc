import { UserError, type StopSignal } from '../../../src-shared/contract/errors.ts';
import type { AnalyseRequest } from '../../../src-shared/domain/analyse-request.ts';
import type { AnalysisEvent } from '../../../src-shared/domain/analysis-event.ts';

export interface AnalysisContext {
  readonly emit: (event: AnalysisEvent) => void;
  readonly stop?: StopSignal;
  readonly version: string;
}

export function analyse(request: AnalyseRequest, context: AnalysisContext): Promise<void> {
  context.emit({ kind: 'stage', name: 'reading', detail: request.run });
  return Promise.reject(new UserError('Analyses are not there yet.'));
}
