// Draws assets/icon.svg and assets/document.svg as the icons of the three systems: node scripts/make-icons.mjs
import { decode } from 'fast-png';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Sizes of Linux and of windows, in pixels. */
export const pngSizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const icoSizes = [16, 20, 24, 32, 40, 48, 64, 128, 256];

/** Types of an .icns by their size in pixels; those with @2x are for dense screens. */
const icnsTypes = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
];

/** An .ico: small pictures as bitmaps, which every program can read, the largest as PNG. */
export function ico(pngOf) {
  const pictures = icoSizes.map((size) => ({
    size,
    bytes: size < 256 ? bitmap(pngOf(size), size) : pngOf(size),
  }));
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  pictures.forEach(({ size, bytes }, i) => {
    const entry = 6 + 16 * i;
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(bytes.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += bytes.length;
  });
  return Buffer.concat([head, ...pictures.map(({ bytes }) => bytes)]);
}

/** A bitmap as icons have it: rows from below, BGRA, and a mask of one bit a pixel, which alpha makes needless. */
function bitmap(png, size) {
  const { data } = decode(png);
  const header = Buffer.alloc(40);
  header.writeUInt32LE(40, 0);
  header.writeInt32LE(size, 4);
  header.writeInt32LE(2 * size, 8);
  header.writeUInt16LE(1, 12);
  header.writeUInt16LE(32, 14);
  const pixels = Buffer.alloc(4 * size * size);
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const [from, to] = [4 * ((size - 1 - y) * size + x), 4 * (y * size + x)];
      pixels.set([data[from + 2], data[from + 1], data[from], data[from + 3]], to);
    }
  }
  const mask = Buffer.alloc(size * 4 * Math.ceil(size / 32));
  return Buffer.concat([header, pixels, mask]);
}

/** An .icns of PNG pictures. */
export function icns(pngOf) {
  const chunks = icnsTypes.map(([type, size]) => {
    const png = pngOf(size);
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + png.length, 4);
    return Buffer.concat([head, png]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + chunks.reduce((sum, { length }) => sum + length, 0), 4);
  return Buffer.concat([head, ...chunks]);
}

/** Pictures of an SVG by their width in pixels, each drawn once. */
export function drawer(svg) {
  const drawn = new Map();
  return (size) => {
    if (!drawn.has(size)) {
      const picture = new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render();
      drawn.set(size, Buffer.from(picture.asPng()));
    }
    return drawn.get(size);
  };
}

export async function loadDrawing() {
  const wasm = createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm');
  await initWasm(readFileSync(wasm));
}

async function main() {
  const assets = join(dirname(dirname(fileURLToPath(import.meta.url))), 'assets');
  await loadDrawing();
  for (const name of ['icon', 'document']) {
    const pngOf = drawer(readFileSync(join(assets, `${name}.svg`), 'utf8'));
    writeFileSync(join(assets, `${name}.ico`), ico(pngOf));
    writeFileSync(join(assets, `${name}.icns`), icns(pngOf));
    if (name !== 'icon') continue;
    mkdirSync(join(assets, 'icons'), { recursive: true });
    for (const size of pngSizes) writeFileSync(join(assets, 'icons', `${size}x${size}.png`), pngOf(size));
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
