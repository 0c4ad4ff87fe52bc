import { useId, type ReactNode } from 'react';
import { CheckedInput } from './CheckedInput.tsx';

interface FieldProps {
  readonly label: string;
  /** Shown below the control. */
  readonly hint?: ReactNode;
  /** One sentence; read aloud when it appears. */
  readonly error?: string | undefined;
  readonly children: (ids: { readonly id: string; readonly describedBy: string | undefined }) => ReactNode;
}

/** A control with its label, hint and error; gives the control its ids. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const describedBy = hint !== undefined || error !== undefined ? `${id}-about` : undefined;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, describedBy })}
      {describedBy && (
        <div
          id={describedBy}
          className={error === undefined ? 'field-hint' : 'field-error'}
          role={error && 'alert'}
        >
          {error ?? hint}
        </div>
      )}
    </div>
  );
}

export interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly disabled?: boolean;
}

interface SelectProps<T extends string> {
  readonly id?: string;
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
  readonly hint?: ReactNode;
  readonly hideLabel?: boolean;
}

export function Select<T extends string>({
  id: given,
  label,
  value,
  options,
  onChange,
  hint,
  hideLabel,
}: SelectProps<T>) {
  const own = useId();
  const id = given ?? own;
  return (
    <div className="field">
      <label htmlFor={id} className={hideLabel === true ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select
        id={id}
        className="select"
        value={value}
        onChange={(event) => onChange(options[event.target.selectedIndex]!.value)}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <div id={`${id}-hint`} className="field-hint">
          {hint}
        </div>
      )}
    </div>
  );
}

interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly Option<T>[];
  readonly onChange: (value: T) => void;
}

/** A few choices side by side, of which one is taken. */
export function Segmented<T extends string>({ label, value, options, onChange }: SegmentedProps<T>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className="segmented">
      {options.map((option) => (
        <label key={option.value} className={option.value === value ? 'is-chosen' : undefined}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            disabled={option.disabled}
            onChange={() => onChange(option.value)}
          />
          {option.label}
        </label>
      ))}
    </div>
  );
}

interface CheckboxProps {
  readonly label: ReactNode;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  readonly disabled?: boolean;
}

export function Checkbox({ label, checked, onChange, disabled }: CheckboxProps) {
  return (
    <label className="checkbox">
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
      />
      <span>{label}</span>
    </label>
  );
}

interface NumberFieldProps {
  readonly id?: string;
  readonly label?: string;
  readonly value: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly step?: number | 'any';
  readonly integer?: boolean;
  readonly describedBy?: string | undefined;
  /** Called with a number in range, when the user is done typing. */
  readonly onChange: (value: number) => void;
}

/** A number; what is half written is not yet a value, and what cannot be is not taken. */
export function NumberField(props: NumberFieldProps) {
  const { value, minimum = -Infinity, maximum = Infinity, integer = false, onChange } = props;
  const problemOf = (text: string) => {
    const number = numberOf(text);
    const fine = number >= minimum && number <= maximum && (!integer || Number.isInteger(number));
    return fine ? undefined : `a ${integer ? 'whole ' : ''}number${rangeOf(minimum, maximum)}`;
  };
  const take = (text: string) => {
    const number = numberOf(text);
    if (number !== value) onChange(number);
  };
  return (
    <CheckedInput
      id={props.id}
      label={props.label}
      describedBy={props.describedBy}
      inputMode="decimal"
      value={String(value)}
      problemOf={problemOf}
      onTake={take}
    />
  );
}

/** A finite number with a point or a comma, else NaN. */
function numberOf(text: string): number {
  const number = text.trim() === '' ? NaN : Number(text.trim().replace(',', '.'));
  return Number.isFinite(number) ? number : NaN;
}

function rangeOf(minimum: number, maximum: number): string {
  if (Number.isFinite(minimum) && Number.isFinite(maximum)) return ` from ${minimum} to ${maximum}`;
  if (Number.isFinite(minimum)) return ` of at least ${minimum}`;
  return Number.isFinite(maximum) ? ` of at most ${maximum}` : '';
}
