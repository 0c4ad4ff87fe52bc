import { NumberInput } from './NumberInput.tsx';

interface SeedInputProps {
  /** What a seed repeats, such as `niches`. */
  readonly of?: string;
  readonly value: number;
  readonly onChange: (seed: number) => void;
}

/** The seed of everything random in an analysis. */
export function SeedInput({ of, ...rest }: SeedInputProps) {
  return (
    <NumberInput
      label="Seed"
      {...(of !== undefined && { hint: `The same seed gives the same ${of}.` })}
      minimum={0}
      maximum={2 ** 31 - 1}
      integer
      {...rest}
    />
  );
}
