import { Deck, OrthographicView, type Layer } from '@deck.gl/core';
import { BitmapLayer } from '@deck.gl/layers';
import type { Buffer, Device } from '@luma.gl/core';
import type { Box, Camera } from './camera.ts';
import { Detail } from './detail.ts';
import { PointsLayer } from './points-layer.ts';

/** Milliseconds without movement after which the whole picture is drawn; longer where that takes long itself. */
const REST = 140;
const LONG_REST = 400;
/** A whole picture that takes more milliseconds than this is preceded by a part of it. */
const PATIENCE = 150;
const MOST_PANELS = 4;

/** A picture under the points; where its corners lie: lower left, upper left, upper right, lower right. */
export interface MapImage {
  readonly bitmap: ImageBitmap;
  readonly corners: [[number, number], [number, number], [number, number], [number, number]];
  readonly opacity: number;
}

/** The canvas of the map: up to four panels with the same points and camera, each with colours of its own. */
export class MapCanvas {
  /** Called when there is something to draw with. */
  onReady: (() => void) | undefined;
  /** Called after a frame was handed over; `whole` when every point was in it. */
  onFrame: ((whole: boolean) => void) | undefined;
  /** Called when the browser took the graphics away. */
  onLost: (() => void) | undefined;
  /** Called when the browser has no graphics to give. */
  onFailed: (() => void) | undefined;
  readonly #canvas: HTMLCanvasElement;
  readonly #deck: Deck<OrthographicView[]>;
  readonly #detail = new Detail();
  #device: Device | undefined;
  #count = 0;
  #diameter = 1;
  #positions: Buffer | undefined;
  #colours: (Buffer | undefined)[] = [];
  #pending: { xy?: Float32Array; colours: Map<number, Uint8Array> } = { colours: new Map() };
  #panels: readonly Box[] = [];
  #camera: Camera = { x: 0, y: 0, scale: 1 };
  #image: MapImage | undefined;
  #isMoving = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #scheduled = false;
  #isMeasured = false;
  /** Milliseconds of a whole picture, as far as it is known. */
  #wholeTime = 0;
  #isGone = false;

  /** Draws on a canvas of its own, which fills `host`: a context that was lost or given back cannot be had again. */
  constructor(host: HTMLElement) {
    const canvas = document.createElement('canvas');
    canvas.className = 'spatial-canvas';
    this.#canvas = canvas;
    host.append(canvas);
    canvas.addEventListener('webglcontextlost', () => {
      if (!this.#isGone) this.onLost?.();
    });
    this.#deck = new Deck({
      canvas,
      controller: false,
      views: [],
      layers: [],
      useDevicePixels: Math.min(2, window.devicePixelRatio),
      deviceProps: { type: 'webgl', webgl: { antialias: false, powerPreference: 'high-performance' } },
      layerFilter: ({ layer, viewport }) => layer.id.endsWith(viewport.id),
      onDeviceInitialized: (device) => {
        if (this.#isGone) return;
        this.#device = device;
        this.#flush();
        this.onReady?.();
      },
      onError: () => {
        if (!this.#device) this.onFailed?.();
      },
      onAfterRender: () => {
        this.onFrame?.(!this.#isMoving);
      },
    });
  }

  /** Interleaved x y, in the (random) order in which points are drawn; their colours are to be given anew. */
  setPoints(xy: Float32Array): void {
    this.#pending.xy = xy;
    this.#pending.colours.clear();
    this.#isMeasured = false;
    this.#flush();
  }

  /** Diameter of a point in the unit of the positions. */
  setDiameter(diameter: number): void {
    this.#diameter = diameter;
    this.#schedule();
  }

  /** Colours of one panel, four bytes a point in the order in which points are drawn. */
  setColours(panel: number, colours: Uint8Array): void {
    this.#pending.colours.set(panel, colours);
    // Another gene is seen at once, in part, where all of it takes a while.
    if (this.#wholeTime > PATIENCE) this.#keepMoving();
    this.#flush();
  }

  setPanels(panels: readonly Box[]): void {
    this.#panels = panels.slice(0, MOST_PANELS);
    this.#schedule();
  }

  setImage(image: MapImage | undefined): void {
    this.#image = image;
    this.#schedule();
  }

  /** Shows another part; with less detail for the moment when it is part of a movement. */
  setCamera(camera: Camera, isMovement: boolean): void {
    this.#camera = camera;
    if (isMovement) this.#keepMoving();
    this.#schedule();
  }

  destroy(): void {
    this.#isGone = true;
    clearTimeout(this.#timer);
    this.#positions?.destroy();
    for (const buffer of this.#colours) buffer?.destroy();
    this.#deck.finalize();
    this.#canvas.remove();
  }

  #keepMoving(): void {
    if (!this.#isMoving) this.#detail.begin();
    this.#isMoving = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        this.#isMoving = false;
        this.#schedule();
      },
      this.#wholeTime > PATIENCE ? LONG_REST : REST,
    );
  }

  /** Hands to the graphics what has come in the meantime. */
  #flush(): void {
    const device = this.#device;
    if (!device) return;
    const { xy, colours } = this.#pending;
    if (xy) {
      this.#positions?.destroy();
      for (const buffer of this.#colours) buffer?.destroy();
      this.#colours = [];
      this.#positions = device.createBuffer({ data: xy });
      this.#count = xy.length / 2;
    }
    for (const [panel, bytes] of colours) {
      if (bytes.length !== 4 * this.#count) continue;
      const buffer = this.#colours[panel];
      if (buffer) buffer.write(bytes);
      else this.#colours[panel] = device.createBuffer({ data: bytes });
    }
    this.#pending = { colours: new Map() };
    this.#schedule();
  }

  /** Draws at the next frame, once. */
  #schedule(): void {
    if (this.#scheduled || this.#isGone) return;
    this.#scheduled = true;
    requestAnimationFrame((time) => {
      this.#scheduled = false;
      if (this.#isGone || !this.#device) return;
      if (this.#isMoving) this.#detail.frame(time);
      this.#draw();
    });
  }

  #draw(): void {
    const panels = this.#panels;
    this.#deck.setProps({
      views: panels.map(({ x, y, width, height }, i) => {
        return new OrthographicView({ id: viewId(i), x, y, width, height, flipY: true, clear: false });
      }),
      viewState: Object.fromEntries(
        panels.map((_, i) => [
          viewId(i),
          {
            target: [this.#camera.x, this.#camera.y, 0],
            zoom: Math.log2(this.#camera.scale),
            minZoom: -60,
            maxZoom: 60,
          },
        ]),
      ),
      layers: panels.flatMap((_, i) => [...this.#imageLayer(i), ...this.#pointsLayer(i)]),
    });
    this.#deck.redraw('map');
    if (!this.#isMoving && !this.#isMeasured && this.#count > 0) this.#measure();
  }

  #pointsLayer(panel: number): Layer[] {
    const [positions, colours] = [this.#positions, this.#colours[panel]];
    if (!positions || !colours || this.#count === 0) return [];
    const share = Math.min(1, this.#detail.points / (this.#count * Math.max(1, this.#panels.length)));
    const isCoarse = this.#isMoving && share < 1;
    // A part of the points stands for all: larger, so that the tissue does not fade while it moves.
    const swell = isCoarse ? Math.min(2, 1 / Math.sqrt(share)) : 1;
    return [
      new PointsLayer({
        id: `points-${viewId(panel)}`,
        positions,
        colours,
        camera: this.#camera,
        count: isCoarse ? Math.ceil(this.#count * share) : this.#count,
        diameter: Math.max(1, this.#diameter * this.#camera.scale * swell),
        smooth: !isCoarse,
        parameters: { depthWriteEnabled: false, depthCompare: 'always' },
      }),
    ];
  }

  #imageLayer(panel: number): Layer[] {
    if (!this.#image) return [];
    const { bitmap, corners, opacity } = this.#image;
    return [
      new BitmapLayer({
        id: `image-${viewId(panel)}`,
        image: bitmap,
        bounds: corners,
        opacity,
        parameters: { depthWriteEnabled: false, depthCompare: 'always' },
      }),
    ];
  }

  /** How long a whole picture takes: asked without waiting for it. */
  #measure(): void {
    const gl = (this.#device as { gl?: WebGL2RenderingContext } | undefined)?.gl;
    const sync = gl?.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
    if (!gl || !sync) return;
    this.#isMeasured = true;
    const started = performance.now();
    const points = this.#count * this.#panels.length;
    gl.flush();
    const look = (): void => {
      if (this.#isGone) return;
      const state = gl.clientWaitSync(sync, 0, 0);
      if (state === gl.TIMEOUT_EXPIRED && performance.now() - started < 5000) {
        setTimeout(look, 4);
        return;
      }
      gl.deleteSync(sync);
      this.#wholeTime = performance.now() - started;
      this.#detail.measured(points, this.#wholeTime);
    };
    setTimeout(look, 4);
  }
}

const viewId = (panel: number): string => `panel-${panel}`;
