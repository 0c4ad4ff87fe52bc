import { rasterDiscs } from '../../../../src-shared/plot/disc-raster.ts';
import { FONT } from '../../../../src-shared/plot/svg.ts';
import type { DiscsItem, Figure, FigureItem } from './figure-items.ts';
import { needsPicture, toSvg } from './to-svg.ts';

/** A figure as PNG, `scale` times its size. Rejects when the browser has no room for a picture this large. */
export async function toPng(figure: Figure, scale: number): Promise<Blob> {
  return blobOf(drawn(figure.width, figure.height, figure.items, scale));
}

/** A figure as SVG; what cannot be vectors is put in as PNG at `scale` times its size. */
export async function toSvgBlob(figure: Figure, scale: number): Promise<Blob> {
  const pictures = new Map<FigureItem, string>();
  for (const item of figure.items) {
    if (!needsPicture(item) || (item.kind !== 'discs' && item.kind !== 'picture')) continue;
    const { x, y, width, height } = item.box;
    const blob = await blobOf(drawn(width, height, [item], scale, [x, y]));
    pictures.set(item, await dataAddress(blob));
  }
  return new Blob([toSvg(figure, pictures)], { type: 'image/svg+xml' });
}

function drawn(
  width: number,
  height: number,
  items: readonly FigureItem[],
  scale: number,
  [left, top]: readonly [number, number] = [0, 0],
): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no room for a picture of this size; choose a smaller one.');
  context.setTransform(scale, 0, 0, scale, -left * scale, -top * scale);
  for (const item of items) draw(context, item, scale);
  return canvas;
}

function draw(context: CanvasRenderingContext2D, item: FigureItem, scale: number): void {
  context.save();
  switch (item.kind) {
    case 'rect':
      context.fillStyle = item.fill;
      context.fillRect(item.box.x, item.box.y, item.box.width, item.box.height);
      break;
    case 'text':
      context.font = `${item.isBold === true ? '600 ' : ''}${item.size}px ${FONT}`;
      context.textAlign = item.anchor === 'middle' ? 'center' : (item.anchor ?? 'start');
      context.fillStyle = item.fill;
      context.fillText(item.text, item.x, item.y);
      break;
    case 'line':
      context.strokeStyle = item.stroke;
      context.lineWidth = 1.5;
      context.beginPath();
      for (const [x, y] of item.points) context.lineTo(x, y);
      context.stroke();
      break;
    case 'ramp':
      drawRamp(context, item);
      break;
    case 'picture':
      clip(context, item);
      context.globalAlpha = item.opacity;
      context.transform(...(item.transform as [number, number, number, number, number, number]));
      context.drawImage(item.bitmap, 0, 0);
      break;
    case 'discs':
      drawDiscs(context, item, scale);
  }
  context.restore();
}

function clip(context: CanvasRenderingContext2D, { box }: Pick<DiscsItem, 'box'>): void {
  context.beginPath();
  context.rect(box.x, box.y, box.width, box.height);
  context.clip();
}

function drawRamp(
  context: CanvasRenderingContext2D,
  { box, colours }: Extract<FigureItem, { kind: 'ramp' }>,
): void {
  const gradient = context.createLinearGradient(box.x, 0, box.x + box.width, 0);
  colours.forEach((colour, i) => gradient.addColorStop(i / (colours.length - 1), colour));
  context.fillStyle = gradient;
  context.fillRect(box.x, box.y, box.width, box.height);
}

/** Discs are painted pixel by pixel: a million of them as paths would take minutes. */
function drawDiscs(context: CanvasRenderingContext2D, { box, discs }: DiscsItem, scale: number): void {
  const [width, height] = [Math.ceil(box.width * scale), Math.ceil(box.height * scale)];
  const pixels = rasterDiscs(
    {
      xs: discs.xs.map((x) => (x - box.x) * scale),
      ys: discs.ys.map((y) => (y - box.y) * scale),
      radius: discs.radius * scale,
      colours: discs.colours,
    },
    width,
    height,
  );
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas
    .getContext('2d')
    ?.putImageData(new ImageData(pixels as Uint8ClampedArray<ArrayBuffer>, width, height), 0, 0);
  context.drawImage(canvas, box.x, box.y, width / scale, height / scale);
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(blob);
      else reject(new Error('This browser has no room for a picture of this size; choose a smaller one.'));
    }, 'image/png');
  });
}

function dataAddress(blob: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () => reject(new Error('The picture could not be read back.'));
    reader.readAsDataURL(blob);
  });
}
