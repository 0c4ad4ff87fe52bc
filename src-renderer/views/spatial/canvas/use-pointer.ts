import { useEffect, useRef, type RefObject } from 'react';
import type { Combination } from '../selection.ts';
import { moved, placeAt, zoomed, type Bounds, type Box, type Limits } from './camera.ts';
import type { CameraStore } from './camera-store.ts';

export type Tool = 'move' | 'lasso' | 'rectangle';

/** An outline that is being drawn, in pixels of the stage. */
export interface Outline {
  readonly panel: number;
  readonly points: readonly (readonly [number, number])[];
}

export interface PointerHandlers {
  readonly onHover: (at: { readonly panel: number; readonly x: number; readonly y: number } | null) => void;
  /** While an outline is drawn; null when it ends. */
  readonly onOutline: (outline: Outline | null) => void;
  /** An outline is closed; corners are places in the unit of the positions. */
  readonly onSelect: (corners: Float64Array, how: Combination) => void;
  readonly onFocusPanel: (panel: number) => void;
  /** A click that moved nothing, at a place in the unit of the positions. */
  readonly onPlace?: ((x: number, y: number) => void) | undefined;
}

interface Surroundings extends PointerHandlers {
  readonly boxes: readonly Box[];
  readonly bounds: Bounds;
  readonly limits: Limits;
  readonly tool: Tool;
  /** The wheel scrolls the page until the stage has the focus. */
  readonly isEmbedded: boolean;
}

/** Pixels that a pointer may tremble before a click becomes a drag. */
const TREMBLE = 3;

/** Dragging, zooming and drawing on the stage. Movements go to the camera directly, without React. */
export function usePointer(
  stage: RefObject<HTMLElement | null>,
  camera: CameraStore,
  now: Surroundings,
): void {
  const latest = useRef(now);
  useEffect(() => {
    latest.current = now;
  });
  useEffect(() => {
    const element = stage.current;
    if (!element) return undefined;
    const gestures = new Gestures(element, camera, () => latest.current);
    return gestures.listen();
  }, [stage, camera]);
}

/** What the pointer is doing; one at a time. */
type Gesture =
  | {
      readonly kind: 'move';
      x: number;
      y: number;
      readonly from: readonly [number, number];
      hasMoved: boolean;
      readonly panel: number;
    }
  | {
      readonly kind: 'outline';
      readonly panel: number;
      readonly how: Combination;
      points: [number, number][];
    };

class Gestures {
  readonly #element: HTMLElement;
  readonly #camera: CameraStore;
  readonly #now: () => Surroundings;
  #gesture: Gesture | null = null;

  constructor(element: HTMLElement, camera: CameraStore, now: () => Surroundings) {
    this.#element = element;
    this.#camera = camera;
    this.#now = now;
  }

  /** @returns ends it */
  listen(): () => void {
    const ending = new AbortController();
    const { signal } = ending;
    const on = <K extends keyof HTMLElementEventMap>(name: K, act: (event: HTMLElementEventMap[K]) => void) =>
      this.#element.addEventListener(name, act, {
        signal,
        passive: name !== 'wheel' && name !== 'pointerdown',
      });
    on('pointerdown', (event) => this.#down(event));
    on('pointermove', (event) => this.#move(event));
    on('pointerup', (event) => this.#up(event));
    on('pointercancel', () => this.cancel());
    on('pointerleave', () => this.#now().onHover(null));
    on('wheel', (event) => this.#wheel(event));
    on('dblclick', (event) => {
      if (this.#now().tool === 'move') this.#zoom(this.#at(event), event.shiftKey ? 0.5 : 2);
    });
    on('keydown', (event) => {
      if (event.key === 'Escape') this.cancel();
    });
    return () => ending.abort();
  }

  cancel(): void {
    this.#gesture = null;
    this.#now().onOutline(null);
  }

  #at(event: MouseEvent): [number, number] {
    const { left, top } = this.#element.getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  }

  #panelAt([x, y]: readonly [number, number]): number {
    return this.#now().boxes.findIndex((box) => {
      return x >= box.x && y >= box.y && x < box.x + box.width && y < box.y + box.height;
    });
  }

  #down(event: PointerEvent): void {
    // Buttons and legends that lie on the stage keep their own clicks.
    if ((event.target as Element).closest('button, select, input, [data-solid]')) return;
    const at = this.#at(event);
    const panel = this.#panelAt(at);
    if (panel < 0 || event.button > 1) return;
    this.#element.setPointerCapture(event.pointerId);
    const isMove = this.#now().tool === 'move' || event.button === 1;
    const how: Combination = event.altKey ? 'remove' : event.shiftKey ? 'add' : 'replace';
    this.#gesture = isMove
      ? { kind: 'move', x: at[0], y: at[1], from: at, hasMoved: false, panel }
      : { kind: 'outline', panel, how, points: [at] };
    this.#now().onHover(null);
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event);
    const gesture = this.#gesture;
    if (!gesture) {
      const panel = this.#panelAt(at);
      const isOnPanel = panel >= 0 && !(event.target as Element).closest('[data-solid]');
      this.#now().onHover(isOnPanel ? { panel, x: at[0], y: at[1] } : null);
    } else if (gesture.kind === 'move') {
      gesture.hasMoved ||= Math.hypot(at[0] - gesture.from[0], at[1] - gesture.from[1]) > TREMBLE;
      if (!gesture.hasMoved) return;
      const { bounds } = this.#now();
      this.#camera.set(moved(this.#camera.get(), at[0] - gesture.x, at[1] - gesture.y, bounds), true);
      gesture.x = at[0];
      gesture.y = at[1];
    } else {
      if (this.#now().tool === 'rectangle') gesture.points = rectangleFrom(gesture.points[0]!, at);
      else gesture.points.push(at);
      this.#now().onOutline({ panel: gesture.panel, points: [...gesture.points] });
    }
  }

  #up(event: PointerEvent): void {
    const gesture = this.#gesture;
    this.cancel();
    if (!gesture) return;
    const { boxes, onFocusPanel, onPlace, onSelect } = this.#now();
    onFocusPanel(gesture.panel);
    const box = boxes[gesture.panel];
    const at = this.#at(event);
    if (gesture.kind === 'move') {
      if (box && !gesture.hasMoved) onPlace?.(...placeAt(this.#camera.get(), box, ...at));
      return;
    }
    if (!box || gesture.points.every(([x, y]) => Math.hypot(x - at[0], y - at[1]) <= TREMBLE)) return;
    const camera = this.#camera.get();
    onSelect(Float64Array.from(gesture.points.flatMap(([x, y]) => placeAt(camera, box, x, y))), gesture.how);
  }

  #wheel(event: WheelEvent): void {
    if ((event.target as Element).closest('[data-solid]')) return;
    const hasFocus = document.activeElement === this.#element || event.ctrlKey;
    if (this.#now().isEmbedded && !hasFocus) return;
    event.preventDefault();
    const lines = event.deltaMode === 1 ? 16 : 1;
    this.#zoom(this.#at(event), Math.exp(-event.deltaY * lines * (event.ctrlKey ? 0.01 : 0.0015)));
  }

  #zoom(at: [number, number], factor: number): void {
    const { boxes, limits } = this.#now();
    const box = boxes[this.#panelAt(at)];
    if (!box) return;
    const [dx, dy] = [at[0] - box.x - box.width / 2, at[1] - box.y - box.height / 2];
    this.#camera.set(zoomed(this.#camera.get(), factor, dx, dy, limits), true);
  }
}

function rectangleFrom(
  [x1, y1]: readonly [number, number],
  [x2, y2]: readonly [number, number],
): [number, number][] {
  return [
    [x1, y1],
    [x2, y1],
    [x2, y2],
    [x1, y2],
  ];
}
