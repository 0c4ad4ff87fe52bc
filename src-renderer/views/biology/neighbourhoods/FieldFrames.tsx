import { useSyncExternalStore } from 'react';
import { pixelAt, type Box } from '../../spatial/canvas/camera.ts';
import type { CameraStore } from '../../spatial/canvas/camera-store.ts';
import type { Field } from './fields.ts';

interface FieldFramesProps {
  readonly fields: readonly Field[];
  readonly boxes: readonly Box[];
  readonly camera: CameraStore;
}

/** Where the fields lie, in every panel of the map. */
export function FieldFrames({ fields, boxes, camera }: FieldFramesProps) {
  const now = useSyncExternalStore(camera.subscribe, camera.get);
  return (
    <svg className="field-frames" aria-hidden="true">
      {boxes.filter(isThere).map((box, panel) => (
        <svg key={panel} {...box}>
          {fields.map(({ name, x, y, side }) => {
            const [left, top] = pixelAt(now, { ...box, x: 0, y: 0 }, x - side / 2, y - side / 2);
            const pixels = side * now.scale;
            return (
              <g key={name}>
                <rect className="field-halo" x={left} y={top} width={pixels} height={pixels} />
                <rect className="field-frame" x={left} y={top} width={pixels} height={pixels} />
                <text x={left} y={top - 4}>
                  {name}
                </text>
              </g>
            );
          })}
        </svg>
      ))}
    </svg>
  );
}

/** Before the stage has a size, its panels have none. */
const isThere = ({ width, height }: Box) => width > 0 && height > 0;
