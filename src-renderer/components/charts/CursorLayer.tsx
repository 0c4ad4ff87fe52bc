interface CursorLayerProps {
  /** Distances of the plane from the edges of the drawing. */
  readonly plane: {
    readonly left: number;
    readonly right: number;
    readonly top: number;
    readonly bottom: number;
  };
  readonly width: number;
  readonly domain: readonly [number, number];
  /** Where the line stands, in the unit of the domain; null hides it. */
  readonly at: number | null;
  /** Called with the whole number under the pointer, and with null when it leaves. */
  readonly onMove: (value: number | null) => void;
}

/** An upright line that follows the pointer over a plot, and over its neighbours with the same axis. */
export function CursorLayer({ plane, width, domain, at, onMove }: CursorLayerProps) {
  const [low, high] = domain;
  const span = Math.max(1, width - plane.left - plane.right);
  const inside = at !== null && at >= low && at <= high;
  return (
    <div
      className="chart-hover"
      onPointerMove={(event) => {
        const from = event.currentTarget.getBoundingClientRect().left + plane.left;
        const share = Math.min(1, Math.max(0, (event.clientX - from) / span));
        onMove(Math.round(low + share * (high - low)));
      }}
      onPointerLeave={() => onMove(null)}
    >
      {inside && (
        <div
          className="chart-line"
          style={{
            left: plane.left + ((at - low) / (high - low)) * span,
            top: plane.top,
            bottom: plane.bottom,
          }}
        />
      )}
    </div>
  );
}
