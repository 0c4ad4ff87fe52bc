import { fromSlider, toSlider } from './slider-scale.ts';

interface SliderProps {
  readonly id?: string;
  readonly label: string;
  readonly value: number;
  /** Smallest value above 0 and largest value of the slider; values outside can still be typed. */
  readonly low: number;
  readonly high: number;
  readonly describedBy?: string | undefined;
  readonly onChange: (value: number) => void;
}

const STEPS = 200;

/** A slider for weights: 0 at its left end, then a logarithmic scale. */
export function Slider({ id, label, value, low, high, describedBy, onChange }: SliderProps) {
  return (
    <input
      id={id}
      type="range"
      className="slider"
      aria-label={label}
      aria-valuetext={String(value)}
      aria-describedby={describedBy}
      min={0}
      max={STEPS}
      step={1}
      value={Math.round(toSlider(value, low, high) * STEPS)}
      onChange={(event) => onChange(fromSlider(Number(event.target.value) / STEPS, low, high))}
    />
  );
}
