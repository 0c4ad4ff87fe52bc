import { useEffect, useRef } from 'react';
import type { Field } from './fields.ts';

interface FieldPictureProps {
  readonly field: Field;
  readonly cells: Uint32Array;
  /** Interleaved x y of all cells. */
  readonly xy: Float32Array;
  /** Diameter of a cell in the unit of the positions. */
  readonly diameter: number;
  /** Red, green, blue, opacity of the cells, in their order. */
  readonly colours: Uint8Array;
  /** Pixels of the page. */
  readonly size: number;
  readonly label: string;
}

/** A field with its cells as discs. */
export function FieldPicture({ field, cells, xy, diameter, colours, size, label }: FieldPictureProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const element = canvas.current;
    const context = element?.getContext('2d');
    if (!element || !context) return;
    const ratio = Math.min(2, window.devicePixelRatio || 1);
    element.width = size * ratio;
    element.height = size * ratio;
    const scale = (size * ratio) / field.side;
    const radius = Math.max(0.75, (diameter * scale) / 2);
    context.clearRect(0, 0, element.width, element.height);
    for (let i = 0; i < cells.length; i++) {
      const x = (xy[2 * cells[i]!]! - field.x + field.side / 2) * scale;
      const y = (xy[2 * cells[i]! + 1]! - field.y + field.side / 2) * scale;
      context.fillStyle = `rgb(${colours[4 * i]!} ${colours[4 * i + 1]!} ${colours[4 * i + 2]!})`;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fill();
    }
  }, [field, cells, xy, diameter, colours, size]);
  return (
    <canvas
      ref={canvas}
      className="field-picture"
      style={{ width: size, height: size }}
      role="img"
      aria-label={label}
    />
  );
}
