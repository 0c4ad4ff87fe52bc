import { Deck, OrthographicView } from '@deck.gl/core';
import { ScatterplotLayer } from '@deck.gl/layers';
import { fitted, panelBoxes } from '../../../src-renderer/views/spatial/canvas/camera.ts';
import { MapCanvas } from '../../../src-renderer/views/spatial/canvas/map-canvas.ts';
import { drawOrder } from '../../../src-renderer/views/spatial/canvas/draw-order.ts';
import { paintValues } from '../../../src-shared/plot/cell-colours.ts';
import { colourTable } from '../../../src-shared/plot/colour-maps.ts';
import { Percentiles } from '../../../src-shared/plot/percentiles.ts';

/** What one way of drawing took, in milliseconds. */
interface Figures {
  readonly first: number;
  readonly gene: number;
  readonly panning: readonly number[];
}

interface Painter {
  start(xy: Float32Array, values: Float32Array): void;
  gene(values: Float32Array): void;
  pan(step: number): void;
  end(): void;
}

const SIZE = 10_000;
const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));
const rest = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

function tissue(cells: number): Float32Array {
  const xy = new Float32Array(2 * cells);
  for (let i = 0; i < xy.length; i++) xy[i] = Math.random() * SIZE;
  return xy;
}

function values(cells: number): Float32Array {
  return Float32Array.from({ length: cells }, () => -Math.log(Math.random()));
}

function colours(gene: Float32Array, order: Uint32Array): Uint8Array {
  const target = new Uint8Array(4 * order.length);
  const ranked = new Percentiles(gene);
  paintValues({ order, missing: [200, 200, 200], target }, gene, colourTable('viridis'), [
    ranked.at(1),
    ranked.at(99),
  ]);
  return target;
}

function ours(host: HTMLElement, panels: number): Painter {
  const map = new MapCanvas(host);
  const { clientWidth: width, clientHeight: height } = host;
  const boxes = panelBoxes(panels, width, height);
  const fit = fitted([0, 0, SIZE, SIZE], boxes[0]!.width, boxes[0]!.height);
  let order: Uint32Array = new Uint32Array();
  map.setPanels(boxes);
  const paint = (gene: Float32Array): void => {
    for (let panel = 0; panel < panels; panel++) map.setColours(panel, colours(gene, order));
  };
  return {
    start(xy, gene) {
      const drawn = drawOrder(xy);
      order = drawn.order;
      map.setPoints(drawn.xy);
      map.setDiameter(SIZE / Math.sqrt(order.length));
      map.setCamera(fit, false);
      paint(gene);
    },
    gene: paint,
    pan: (step) =>
      map.setCamera({ ...fit, scale: fit.scale * 2, x: fit.x + 800 * Math.sin(step / 15) }, true),
    end: () => map.destroy(),
  };
}

function plain(host: HTMLElement, panels: number): Painter {
  const canvas = document.createElement('canvas');
  host.append(canvas);
  const { clientWidth: width, clientHeight: height } = host;
  const boxes = panelBoxes(panels, width, height);
  const fit = fitted([0, 0, SIZE, SIZE], boxes[0]!.width, boxes[0]!.height);
  const deck = new Deck({
    canvas,
    controller: false,
    useDevicePixels: 1,
    views: boxes.map((box, i) => new OrthographicView({ id: `panel-${i}`, ...box, flipY: true })),
    layers: [],
    layerFilter: ({ layer, viewport }) => layer.id.endsWith(viewport.id),
  });
  let positions = new Float32Array();
  const look = (x: number, scale: number): void => {
    const target: [number, number, number] = [x, fit.y, 0];
    const state = { target, zoom: Math.log2(scale) };
    deck.setProps({ viewState: Object.fromEntries(boxes.map((_, i) => [`panel-${i}`, state])) });
  };
  const paint = (gene: Float32Array): void => {
    const length = gene.length;
    const order = Uint32Array.from({ length }, (_, i) => i);
    deck.setProps({
      layers: boxes.map((_, i) => {
        return new ScatterplotLayer({
          id: `points-panel-${i}`,
          data: {
            length,
            attributes: {
              getPosition: { value: positions, size: 2 },
              getFillColor: { value: colours(gene, order), size: 4 },
            },
          },
          getRadius: SIZE / Math.sqrt(length) / 2,
          radiusMinPixels: 0.5,
        });
      }),
    });
  };
  return {
    start(xy, gene) {
      positions = xy as Float32Array<ArrayBuffer>;
      look(fit.x, fit.scale);
      paint(gene);
    },
    gene: paint,
    pan: (step) => look(fit.x + 800 * Math.sin(step / 15), fit.scale * 2),
    end: () => deck.finalize(),
  };
}

/** Waits until the graphics have drawn what they were told: what is read back is what was drawn. */
async function drawn(canvas: HTMLCanvasElement): Promise<void> {
  const gl = canvas.getContext('webgl2');
  if (!gl) return;
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  await nextFrame();
}

async function measure(make: typeof ours, cells: number, panels: number): Promise<Figures> {
  const host = document.createElement('div');
  host.style.cssText = 'position:absolute;inset:0;width:100vw;height:100vh';
  document.body.replaceChildren(host);
  const painter = make(host, panels);
  await rest(1500);
  const [xy, one, two] = [tissue(cells), values(cells), values(cells)];
  let started = performance.now();
  painter.start(xy, one);
  await nextFrame();
  await nextFrame();
  await drawn(host.querySelector('canvas')!);
  const first = performance.now() - started;
  await rest(1500);
  started = performance.now();
  painter.gene(two);
  await nextFrame();
  await nextFrame();
  await drawn(host.querySelector('canvas')!);
  const gene = performance.now() - started;
  await rest(1500);
  await drawn(host.querySelector('canvas')!);
  const panning: number[] = [];
  let last = await nextFrame();
  const end = last + 8000;
  for (let step = 0; step < 90 && last < end; step++) {
    painter.pan(step);
    const time = await nextFrame();
    panning.push(time - last);
    last = time;
  }
  await rest(1000);
  painter.end();
  return { first, gene, panning };
}

Object.assign(window, { measureOurs: measure.bind(null, ours), measurePlain: measure.bind(null, plain) });
