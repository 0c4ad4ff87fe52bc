import type { GraphChoice as Graph } from '../../../src-shared/domain/analysis.ts';
import { Field, NumberField, Segmented } from '../../components/fields.tsx';
import { useBiology } from './biology-context.ts';
import { unitOf } from './units.ts';

interface GraphChoiceProps {
  readonly value: Graph;
  readonly onChange: (graph: Graph) => void;
}

/** Distance that is offered first, in spacings of neighbouring cells. */
const SPACINGS = 5;

/** Who counts as a neighbour: the nearest ones, or all within a distance. */
export function GraphChoice({ value, onChange }: GraphChoiceProps) {
  const { cells, layout } = useBiology();
  const usual = Number((SPACINGS * layout.spacing).toPrecision(2));
  return (
    <div className="biology-graph">
      <div className="field">
        <span className="biology-label">Neighbours are</span>
        <Segmented
          label="Neighbours are"
          value={value.kind}
          options={[
            { value: 'nearest', label: 'The nearest' },
            { value: 'radius', label: 'All within' },
          ]}
          onChange={(kind) =>
            onChange(kind === 'nearest' ? { kind, k: 20 } : { kind, radius: usual > 0 ? usual : 1 })
          }
        />
      </div>
      {value.kind === 'nearest' ? (
        <Field label="How many" hint="The cell itself is not counted.">
          {({ id, describedBy }) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              value={value.k}
              minimum={1}
              maximum={200}
              integer
              onChange={(k) => onChange({ kind: 'nearest', k })}
            />
          )}
        </Field>
      ) : (
        <Field
          label={`Distance in ${unitOf(cells.unit)}`}
          hint={`Nearest cells lie ${String(Number(layout.spacing.toPrecision(2)))} apart in the median.`}
        >
          {({ id, describedBy }) => (
            <NumberField
              id={id}
              describedBy={describedBy}
              value={value.radius}
              minimum={Number.MIN_VALUE}
              onChange={(radius) => onChange({ kind: 'radius', radius })}
            />
          )}
        </Field>
      )}
    </div>
  );
}
