import { CheckedInput } from '../../components/CheckedInput.tsx';

interface RenameFieldProps {
  readonly label: string;
  readonly value: string;
  /** Names that something else has already. */
  readonly taken?: readonly string[];
  readonly readOnly?: boolean;
  readonly onRename: (name: string) => void;
}

/** A name that can be typed over; taken by Enter or on leaving the field. */
export function RenameField({ label, value, taken = [], readOnly = false, onRename }: RenameFieldProps) {
  if (readOnly) return <span>{value}</span>;
  return (
    <CheckedInput
      label={label}
      value={value}
      problemOf={(text) => {
        const name = text.trim();
        if (name === '' || name.length > 200) return 'a name of 1 to 200 letters';
        return taken.includes(name) ? 'a name that no other one has' : undefined;
      }}
      onTake={(text) => {
        if (text.trim() !== value) onRename(text.trim());
      }}
    />
  );
}
