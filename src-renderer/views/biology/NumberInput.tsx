import { Field, NumberField } from '../../components/fields.tsx';

interface NumberInputProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly integer?: boolean;
  readonly onChange: (value: number) => void;
}

/** A number with its label and hint. */
export function NumberInput({ label, hint, ...rest }: NumberInputProps) {
  return (
    <Field label={label} hint={hint}>
      {({ id, describedBy }) => <NumberField id={id} describedBy={describedBy} {...rest} />}
    </Field>
  );
}
