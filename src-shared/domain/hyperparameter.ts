/** How a hyperparameter is described once, for the forms, the command line's flags and the docs. */
interface Described {
  /** One sentence for a biologist. */
  readonly meaning: string;
  /** Unit of the number, or '' for a pure number. */
  readonly unit: string;
  /** Heading under which forms and docs list it. */
  readonly group: string;
}

export interface NumberParameter extends Described {
  readonly kind: 'number' | 'integer';
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
}

export interface ChoiceParameter<T extends string = string> extends Described {
  readonly kind: 'choice';
  readonly default: T;
  readonly choices: readonly T[];
}

/** Widths of hidden layers, from input to output. */
export interface WidthsParameter extends Described {
  readonly kind: 'widths';
  readonly default: readonly number[];
  readonly minimum: number;
  readonly maximum: number;
}

export type Hyperparameter = NumberParameter | ChoiceParameter | WidthsParameter;

/** The type of a hyperparameter's value. */
export type ValueOf<P> = P extends { kind: 'choice'; choices: readonly (infer T)[] }
  ? T
  : P extends { kind: 'widths' }
    ? readonly number[]
    : number;

/** Reads a value as typed on a command line; undefined when it cannot be one. */
export function parseValue(parameter: Hyperparameter, text: string): number | string | number[] | undefined {
  if (parameter.kind === 'choice') return text;
  const numbers = text.split(/[,\s]+/u).filter((part) => part !== '');
  const values = numbers.map(Number);
  if (values.some((value) => !Number.isFinite(value))) return undefined;
  return parameter.kind === 'widths' ? values : values.length === 1 ? values[0] : undefined;
}

/** Why a value is not allowed, as the end of a sentence ("… must be a number from 0 to 1"); undefined if it is. */
export function objection(parameter: Hyperparameter, value: unknown): string | undefined {
  if (parameter.kind === 'choice') {
    const fine = typeof value === 'string' && parameter.choices.includes(value);
    return fine ? undefined : `must be one of ${parameter.choices.join(', ')}`;
  }
  const { minimum, maximum } = parameter;
  if (parameter.kind === 'widths') {
    const fine =
      Array.isArray(value) &&
      value.length >= 1 &&
      value.length <= 12 &&
      value.every((width) => Number.isInteger(width) && width >= minimum && width <= maximum);
    return fine
      ? undefined
      : `must be a list of whole numbers from ${minimum} to ${maximum}, such as 256,128`;
  }
  const whole = parameter.kind === 'integer';
  const fine =
    typeof value === 'number' && value >= minimum && value <= maximum && (!whole || Number.isInteger(value));
  return fine ? undefined : `must be a ${whole ? 'whole number' : 'number'} from ${minimum} to ${maximum}`;
}
