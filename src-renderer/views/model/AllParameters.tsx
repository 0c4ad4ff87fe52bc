import { useState } from 'react';
import { hyperparameters } from '../../../src-shared/domain/hyperparameters.ts';
import { presetParameters, type HyperparameterName } from '../../../src-shared/domain/run-config.ts';
import { parameterNames, valueOf, type Draft, type ParameterValue } from './draft.ts';
import { ParameterControl } from './ParameterControl.tsx';
import { parameterTitle, weights } from './titles.ts';

interface AllParametersProps {
  readonly draft: Draft;
  readonly onChange: (name: HyperparameterName, value: ParameterValue) => void;
}

const shown = parameterNames.filter((name) => !(weights as readonly string[]).includes(name));

/** Every other hyperparameter, in groups that open; a search opens the ones it finds something in. */
export function AllParameters({ draft, onChange }: AllParametersProps) {
  const [typed, setTyped] = useState('');
  const preset = presetParameters(draft.preset);
  const wanted = typed.trim().toLowerCase();
  const found = shown.filter((name) => {
    const text = `${name} ${parameterTitle(name)} ${hyperparameters[name].meaning}`.toLowerCase();
    return text.includes(wanted);
  });
  const groups = [...new Set(shown.map((name) => hyperparameters[name].group))];
  return (
    <div className="model-all">
      <input
        className="input"
        type="search"
        aria-label="Search the settings"
        placeholder="Search the settings"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {found.length === 0 && <p className="muted">No setting matches “{typed}”.</p>}
      {groups.map((group) => {
        const names = found.filter((name) => hyperparameters[name].group === group);
        if (names.length === 0) return null;
        const changed = names.filter((name) => Object.hasOwn(draft.changes, name)).length;
        return (
          <details key={`${group}${wanted === '' ? '' : ' found'}`} open={wanted !== ''}>
            <summary>
              {group} <span className="muted small">{names.length}</span>
              {changed > 0 && <span className="badge">{changed} changed</span>}
            </summary>
            <div className="model-parameters">
              {names.map((name) => (
                <ParameterControl
                  key={name}
                  name={name}
                  title={parameterTitle(name)}
                  parameter={hyperparameters[name]}
                  value={valueOf(draft, name)}
                  preset={preset[name]}
                  onChange={(value) => onChange(name, value)}
                />
              ))}
            </div>
          </details>
        );
      })}
    </div>
  );
}
