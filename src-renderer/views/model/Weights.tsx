import { IconButton } from '../../components/Button.tsx';
import { NumberField } from '../../components/fields.tsx';
import { Slider } from '../../components/Slider.tsx';
import { hyperparameters } from '../../../src-shared/domain/hyperparameters.ts';
import { presetParameters } from '../../../src-shared/domain/run-config.ts';
import { valueOf, type Draft, type ParameterValue } from './draft.ts';
import { parameterTitle, weights } from './titles.ts';

/** What the sliders reach; other values can be typed. */
const LOW = 0.001;
const HIGH = 100;

interface WeightsProps {
  readonly draft: Draft;
  readonly onChange: (name: (typeof weights)[number], value: ParameterValue) => void;
}

/** The weights of the loss as sliders with numbers. */
export function Weights({ draft, onChange }: WeightsProps) {
  const preset = presetParameters(draft.preset);
  return (
    <div className="model-weights">
      {weights.map((name) => {
        const { meaning, minimum, maximum } = hyperparameters[name];
        const value = valueOf(draft, name) as number;
        const changed = value !== preset[name];
        const title = parameterTitle(name);
        const id = `weight-${name}`;
        return (
          <div
            key={name}
            className={`model-weight${changed ? ' is-changed' : ''}`}
            data-parameter={name}
            title={meaning}
          >
            <label htmlFor={id}>{title}</label>
            <Slider
              label={title}
              value={value}
              low={LOW}
              high={HIGH}
              describedBy={`${id}-meaning`}
              onChange={(next) => onChange(name, next)}
            />
            <NumberField
              id={id}
              value={value}
              minimum={minimum}
              maximum={maximum}
              describedBy={`${id}-meaning`}
              onChange={(next) => onChange(name, next)}
            />
            <IconButton
              icon="reset"
              label={`Back to the preset: ${preset[name]}`}
              className={changed ? '' : 'is-hidden'}
              disabled={!changed}
              onClick={() => onChange(name, preset[name])}
            />
            <p id={`${id}-meaning`} className="field-hint">
              {meaning}
            </p>
          </div>
        );
      })}
    </div>
  );
}
