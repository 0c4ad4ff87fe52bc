/** Which data are read; the same for every command that reads a pair. */
export interface InputRequest {
  /** Files or folders. */
  readonly spatial: string;
  readonly reference: string;
  readonly coordinates?: string;
  readonly spatialMatrix?: string;
  readonly referenceMatrix?: string;
  /** FILE, FILE:COLUMN, or the name of a column of the reference. */
  readonly referenceLabels?: string;
  /** Column of the spatial cells that names their tissue section. */
  readonly section?: string;
}

/** What a user asks for when imputing; the command line's flags and the app's form fill it in. */
export interface ImputeRequest extends InputRequest {
  /** Folder of the run. */
  readonly out: string;
  readonly preset?: string;
  /** A config.json of an earlier run or of tune. */
  readonly configFile?: string;
  /** Assignments such as `lambda.identity=5`. */
  readonly set: readonly string[];
  /** Genes that come out in addition to the highly variable and shared ones: names, a file of names, or `all`. */
  readonly genes?: string;
  /** Whether to write the imputed values on count scale too. */
  readonly counts: boolean;
  readonly seed?: number;
  readonly backend: 'auto' | 'gpu' | 'webgpu' | 'native' | 'wasm' | 'cpu';
  /** Go on with the run in `out`. */
  readonly resume: boolean;
}
