import type { InputRequest, ImputeRequest } from './impute-request.ts';

/** What a user asks for when evaluating; the command line's flags and the app's form fill it in. */
export interface EvaluateRequest
  extends InputRequest, Pick<ImputeRequest, 'out' | 'preset' | 'configFile' | 'set' | 'backend' | 'resume'> {
  /** What the data are called in tables; taken from the spatial file's name when left out. */
  readonly name?: string;
  /** Methods to run, all usual ones when empty. */
  readonly methods: readonly string[];
  /** 5, or those of the evaluation that is resumed, when left out. */
  readonly folds?: number;
  /** Folds to run now; all when left out. */
  readonly fold?: readonly number[];
  /** `name` for a new evaluation when left out. */
  readonly foldRule?: 'name' | 'random';
  /** 1 for a new evaluation when left out. */
  readonly seeds?: readonly number[];
  /** Folders of other evaluations of the same data whose jobs are joined in. */
  readonly gather: readonly string[];
  /** Genes whose maps are drawn; chosen by spatial structure when empty. */
  readonly maps: readonly string[];
  /** Processes to run side by side; chosen by cores and memory when left out. */
  readonly jobs?: number;
}
