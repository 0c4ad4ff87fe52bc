import { IconButton } from '../../components/Button.tsx';
import { CheckedInput } from '../../components/CheckedInput.tsx';
import { NumberField, Select } from '../../components/fields.tsx';
import {
  objection,
  parseValue,
  type Hyperparameter,
  type WidthsParameter,
} from '../../../src-shared/domain/hyperparameter.ts';
import type { ParameterValue } from './draft.ts';

interface ParameterControlProps {
  readonly name: string;
  readonly title: string;
  readonly parameter: Hyperparameter;
  readonly value: ParameterValue;
  /** The preset's value; a difference is marked and can be taken back. */
  readonly preset: ParameterValue;
  readonly onChange: (value: ParameterValue) => void;
}

/** One hyperparameter: its name, control, unit, meaning, and the way back to the preset. */
export function ParameterControl(props: ParameterControlProps) {
  const { name, title, parameter, value, preset, onChange } = props;
  const changed = JSON.stringify(value) !== JSON.stringify(preset);
  const id = `parameter-${name}`;
  return (
    <div className={`model-parameter${changed ? ' is-changed' : ''}`} data-parameter={name}>
      <label htmlFor={id} className="model-parameter-title">
        {title}
      </label>
      <div className="model-parameter-control">
        <Control id={id} title={title} parameter={parameter} value={value} onChange={onChange} />
        {parameter.unit !== '' && <span className="muted small">{parameter.unit}</span>}
        <IconButton
          icon="reset"
          label={`Back to the preset: ${String(preset)}`}
          className={changed ? '' : 'is-hidden'}
          disabled={!changed}
          onClick={() => onChange(preset)}
        />
      </div>
      <p id={`${id}-meaning`} className="field-hint">
        {parameter.meaning}
      </p>
    </div>
  );
}

interface ControlProps {
  readonly id: string;
  readonly title: string;
  readonly parameter: Hyperparameter;
  readonly value: ParameterValue;
  readonly onChange: (value: ParameterValue) => void;
}

function Control({ id, title, parameter, value, onChange }: ControlProps) {
  if (parameter.kind === 'choice') {
    const options = parameter.choices.map((choice) => ({ value: choice, label: choice }));
    return (
      <Select id={id} label={title} hideLabel value={value as string} options={options} onChange={onChange} />
    );
  }
  if (parameter.kind === 'widths') {
    return (
      <WidthsField id={id} parameter={parameter} value={value as readonly number[]} onChange={onChange} />
    );
  }
  return (
    <NumberField
      id={id}
      value={value as number}
      minimum={parameter.minimum}
      maximum={parameter.maximum}
      integer={parameter.kind === 'integer'}
      describedBy={`${id}-meaning`}
      onChange={onChange}
    />
  );
}

interface WidthsFieldProps {
  readonly id: string;
  readonly parameter: WidthsParameter;
  readonly value: readonly number[];
  readonly onChange: (value: readonly number[]) => void;
}

function WidthsField({ id, parameter, value, onChange }: WidthsFieldProps) {
  const problemOf = (text: string) => {
    const parsed = parseValue(parameter, text);
    const problem = parsed === undefined ? 'must be numbers such as 256, 128' : objection(parameter, parsed);
    return problem === undefined ? undefined : `it ${problem}`;
  };
  return (
    <CheckedInput
      id={id}
      value={value.join(', ')}
      describedBy={`${id}-meaning`}
      title="Widths of the layers, such as 256, 128"
      problemOf={problemOf}
      onTake={(text) => onChange(parseValue(parameter, text) as number[])}
    />
  );
}
