import { existsSync, readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { UserError } from '../../../src-shared/contract/errors.ts';
import type { DatasetChoice } from '../../../src-shared/domain/project.ts';
import { imageSize } from '../../io/image-size.ts';
import { assayFolder } from '../../io/vendor-folder.ts';

/** A picture of the tissue that a browser can show. */
export interface TissueImage {
  readonly id: string;
  readonly name: string;
  readonly path: string;
  readonly type: 'image/png' | 'image/jpeg';
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** [a, b, c, d, e, f]: pixel (x, y) lies at (a·x + c·y + e, b·x + d·y + f) in the unit of the positions. */
  readonly toUnits: readonly [number, number, number, number, number, number];
}

/** A picture of the tissue that is there but cannot be shown. */
export interface HiddenImage {
  readonly name: string;
  readonly path: string;
  readonly reason: string;
}

const titles = { hires: 'Tissue, high resolution', lowres: 'Tissue, low resolution' } as const;
const hidden = /^(morphology.*\.ome\.tiff?|mosaic_.*\.tiff?|.*_(image|tissue_image)\.(tiff?|btf))$/i;

/**
 * Pictures under the cells of a spatial dataset, the finest first: those that Space Ranger writes, whose scale factors
 * tie them to the positions. Empty where there are none.
 * @throws UserError when a picture or the file of its scale factors is damaged (names it).
 */
export async function imagesOf(choice: DatasetChoice): Promise<TissueImage[]> {
  const folder = spatialFolder(choice);
  if (folder === undefined) return [];
  const factors = await scaleFactors(join(folder, 'scalefactors_json.json'));
  const images: TissueImage[] = [];
  for (const kind of ['hires', 'lowres'] as const) {
    const path = ['png', 'jpg', 'jpeg']
      .map((end) => join(folder, `tissue_${kind}_image.${end}`))
      .find((one) => existsSync(one));
    const factor = factors[`tissue_${kind}_scalef`];
    if (path === undefined || typeof factor !== 'number' || !(factor > 0)) continue;
    const scale = 1 / factor;
    images.push({
      id: kind,
      name: titles[kind],
      path,
      ...(await imageSize(path)),
      toUnits: [scale, 0, 0, scale, 0, 0],
    });
  }
  return images;
}

/** The files that {@link imagesOf} reads: the pictures and their scale factors. */
export async function imageFilesOf(choice: DatasetChoice): Promise<string[]> {
  const images = await imagesOf(choice);
  const [first] = images;
  if (first === undefined) return [];
  return [join(dirname(first.path), 'scalefactors_json.json'), ...images.map(({ path }) => path)];
}

/** The folder with Space Ranger's pictures and scale factors that belong to the positions of a choice. */
function spatialFolder({ path, coordinates }: DatasetChoice): string | undefined {
  const folder = isFolder(path) ? join(assayFolder(path), 'spatial') : undefined;
  const candidates = coordinates === undefined ? [folder] : [dirname(coordinates)];
  return candidates.find(
    (one): one is string => one !== undefined && existsSync(join(one, 'scalefactors_json.json')),
  );
}

async function scaleFactors(path: string): Promise<Record<string, unknown>> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  } catch (error) {
    throw new UserError(`${path} cannot be read as JSON; copy it again.`, { file: path }, 'input', error);
  }
}

/** Pictures of a vendor's folder in formats that no browser shows, such as Xenium's OME-TIFF. */
export function hiddenImagesOf({ path }: DatasetChoice): HiddenImage[] {
  if (!isFolder(path)) return [];
  const folders = ['', 'images', 'morphology_focus', 'spatial'].map((name) => join(path, name));
  return folders.flatMap((folder) =>
    (isFolder(folder) ? readdirSync(folder).sort() : [])
      .filter((name) => hidden.test(name))
      .map((name) => ({ name, path: join(folder, name), reason: 'a TIFF, which cannot be shown' })),
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
