import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Pixels for each unit of a drawing. */
const ZOOM = 2;

/** Turns a drawing into a PNG of twice its size. */
export type Rasteriser = (svg: string) => Uint8Array;

let loading: Promise<Rasteriser> | undefined;

/**
 * The rasteriser (resvg, compiled to WebAssembly, with DejaVu Sans), loaded once a process; nothing comes from the
 * network. Rejects when one of its files cannot be read or started.
 */
export async function loadRasteriser(): Promise<Rasteriser> {
  loading ??= load();
  return loading;
}

async function load(): Promise<Rasteriser> {
  const { resolve } = createRequire(import.meta.url);
  const { initWasm, Resvg } = await import('@resvg/resvg-wasm');
  await initWasm(await readFile(resolve('@resvg/resvg-wasm/index_bg.wasm')));
  const fontBuffers = await Promise.all(
    ['DejaVuSans.ttf', 'DejaVuSans-Bold.ttf'].map(async (name) =>
      readFile(resolve(`dejavu-fonts-ttf/ttf/${name}`)),
    ),
  );
  const family = 'DejaVu Sans';
  return (svg) => {
    const drawing = new Resvg(svg, {
      fitTo: { mode: 'zoom', value: ZOOM },
      // Maps have the figure's own pixels; smoothing them would only blur and bloat the file.
      imageRendering: 1,
      font: { fontBuffers, defaultFontFamily: family, sansSerifFamily: family },
    });
    const image = drawing.render();
    const png = image.asPng();
    image.free();
    drawing.free();
    return png;
  };
}
