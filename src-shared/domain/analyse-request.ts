import type { AnalysisParameters } from './analysis.ts';
import type { BackendChoice } from './backends.ts';

/** What a user asks for when analysing a run's result; the command line's flags and the app's form fill it in. */
export interface AnalyseRequest {
  /** Folder of the run, which holds imputed.h5ad. */
  readonly run: string;
  /** Folder of the analysis. */
  readonly out: string;
  /** Analyses that the parameters name are folders here. */
  readonly parameters: AnalysisParameters;
  readonly backend: BackendChoice;
}
