import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire, isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { projectExtension } from '../../../src-main/opened-paths.ts';
import { guideFile } from '../../../src-main/guide.ts';
import { root } from '../../helpers/spagene.ts';

vi.mock('electron', () => import('../../helpers/fake-electron.ts'));

interface Configuration {
  readonly files: string[];
  readonly asarUnpack: string[];
  readonly afterPack: string;
  readonly extraResources: (string | { from: string; to: string; filter: string[] })[];
  readonly fileAssociations: { ext: string; icon: string }[];
  readonly linux: { icon: string; executableName: string };
  readonly [key: string]: unknown;
}

const require = createRequire(import.meta.url);
const ofBuilder = createRequire(require.resolve('app-builder-lib/package.json'));
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const parseYaml = (ofBuilder('js-yaml') as { load: (yaml: string) => unknown }).load;
const configuration = parseYaml(text('electron-builder.yml')) as Configuration;

describe('electron-builder.yml', () => {
  const { validateSchema } = require(
    join(root, 'node_modules/app-builder-lib/out/util/config/schemaValidator.js'),
  ) as { validateSchema: (schema: unknown, data: unknown) => void };
  const schema: unknown = JSON.parse(text('node_modules/app-builder-lib/scheme.json'));

  it("keeps to electron-builder's own schema", () => {
    expect(() => validateSchema(schema, structuredClone(configuration))).not.toThrow();
    expect(() => validateSchema(schema, { ...configuration, asarUnpacked: [] })).toThrow(/asarUnpacked/u);
  });

  it('names files that are there', () => {
    const { icon } = configuration.linux;
    for (const size of [16, 32, 48, 64, 128, 256, 512, 1024])
      expect(existsSync(join(root, icon, `${size}x${size}.png`)), `${size}`).toBe(true);
    for (const name of ['icon.ico', 'icon.icns', 'document.ico', 'document.icns', '../LICENSE'])
      expect(existsSync(join(root, 'assets', name)), name).toBe(true);
    expect(existsSync(join(root, configuration.afterPack))).toBe(true);
    expect(existsSync(join(root, 'docs', guideFile))).toBe(true);
  });

  it('says the same as the program: the extension of projects, the guide, the name of the desktop file', () => {
    const manifest = JSON.parse(text('package.json')) as Record<string, string>;
    expect(configuration.fileAssociations.map(({ ext }) => `.${ext}`)).toEqual([projectExtension]);
    expect(JSON.stringify(configuration.extraResources)).toContain(`"${guideFile}"`);
    expect(manifest['desktopName']).toBe(`${configuration.linux.executableName}.desktop`);
    expect(manifest['main']).toBe('dist/main.js');
    expect(manifest['productName']).toBe(configuration['productName']);
    expect(manifest['author']).toBeTruthy();
  });

  it('publishes nothing', () => {
    expect(configuration['publish']).toBeNull();
    expect(text('package.json')).toMatch(/"dist": "[^"]*electron-builder --publish never"/u);
  });
});

interface Locked {
  readonly dev?: boolean;
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}
const locked = (JSON.parse(text('package-lock.json')) as { packages: Record<string, Locked> }).packages;

/** Where the package of this name lies for one that asks for it, as Node looks for it. */
function found(name: string, from: string): string | undefined {
  const folders = from
    .split('/node_modules/')
    .map((_, i, parts) => parts.slice(0, parts.length - i).join('/node_modules/'));
  return [...folders.map((folder) => `${folder}/node_modules/${name}`), `node_modules/${name}`].find(
    (path) => path in locked,
  );
}

/** Places of a package and of everything that it needs in turn. */
function needed(name: string, from = '', all = new Set<string>()): Set<string> {
  const place = found(name, from);
  if (place === undefined || all.has(place)) return all;
  all.add(place);
  const { dependencies, optionalDependencies } = locked[place]!;
  for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) needed(each, place, all);
  return all;
}

const packageOf = (path: string) =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

describe('what is packed', () => {
  let imported: string[];
  beforeAll(async () => {
    const entries = [
      'main',
      'engine-process',
      'engine/job-worker',
      'engine/evaluate-worker',
      'io/reader-worker',
      'io/h5ad-writer-worker',
    ];
    const { metafile } = await build({
      entryPoints: [...entries, 'service/backends-worker'].map((name) =>
        join(root, 'src-main', `${name}.ts`),
      ),
      bundle: true,
      write: false,
      metafile: true,
      splitting: true,
      outdir: join(root, 'dist'),
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'silent',
    });
    const paths = Object.values(metafile.outputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external),
    );
    imported = [
      ...new Set(
        paths
          .map(({ path }) => path)
          .filter((path) => !isBuiltin(path))
          .map(packageOf),
      ),
    ];
  });

  /** Packages that the files patterns leave out. */
  function left(): (name: string) => boolean {
    const names = configuration.files.flatMap((pattern) => {
      const [, list] = /^!\*\*\/node_modules\/\{([^}]+)\}\/\*\*$/u.exec(pattern) ?? [];
      return list?.split(',') ?? [];
    });
    expect(names.length).toBeGreaterThan(10);
    return (name) => names.some((one) => name === one || name.startsWith(`${one}/`));
  }

  it('holds every package that the built program imports, with what it needs', () => {
    // Only running from the sources bundles anything; Electron brings itself.
    const shipped = imported.filter((name) => !['electron', 'esbuild'].includes(name));
    expect(shipped).toEqual(expect.arrayContaining(['h5wasm', 'zod', '@tensorflow/tfjs-core']));
    // Found by their names at run time.
    const byName = ['h5wasm-plugins', 'dejavu-fonts-ttf', '@tensorflow/tfjs-node-gpu'];
    const isLeft = left();
    const places = [...shipped, ...byName].flatMap((each) => [...needed(each)]);
    expect(places).toContain('node_modules/@tensorflow/tfjs-backend-wasm');
    for (const place of places) {
      expect(locked[place]?.dev, `${place} is no production dependency`).not.toBe(true);
      expect(
        place
          .split('node_modules/')
          .slice(1)
          .some((name) => isLeft(name.replace(/\/$/u, ''))),
        `${place} is left out`,
      ).toBe(false);
    }
  });

  it('leaves out what only the page uses', () => {
    const isLeft = left();
    for (const name of ['react', 'react-dom', '@deck.gl/core', '@luma.gl/webgl', 'recharts', 'zustand'])
      expect(isLeft(name), name).toBe(true);
  });

  it('keeps native modules and WebAssembly as files of their own', () => {
    expect(configuration.asarUnpack).toEqual(expect.arrayContaining(['**/*.node', '**/*.wasm']));
    expect(configuration.asarUnpack).toContain('**/node_modules/@tensorflow/tfjs-node-gpu/**');
  });

  it('holds the page, the preload script and the programs, and no maps', () => {
    expect(configuration.files).toEqual(
      expect.arrayContaining(['package.json', 'dist/*.js', 'dist/preload.cjs', 'dist/page/**', '!**/*.map']),
    );
  });
});

describe('after-pack', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spagene-pack-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const packager = { appInfo: { productFilename: 'SpaGene Desktop' }, executableName: 'spagene-desktop' };
  const load = () =>
    import(join(root, 'scripts', 'after-pack.mjs')) as Promise<{
      default: (context: object) => Promise<void>;
      programOf: (context: object) => string;
    }>;

  it('burns the fuses into the program', async () => {
    // A binary's wire: a sentinel, the version, the number of fuses, each "0" or "1".
    const wire = Buffer.from(`\u0001\u0009${'1'.repeat(9)}`, 'latin1');
    const sentinel = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX');
    writeFileSync(
      join(folder, 'spagene-desktop'),
      Buffer.concat([Buffer.alloc(99), sentinel, wire, Buffer.alloc(99)]),
    );
    vi.spyOn(console, 'log').mockReturnValue();
    const { default: afterPack } = await load();
    await afterPack({ appOutDir: folder, electronPlatformName: 'linux', packager });
    const burnt = (await getCurrentFuseWire(join(folder, 'spagene-desktop'))) as unknown as Record<
      number,
      number
    >;
    const on = (fuse: FuseV1Options) => burnt[fuse] === FuseState.ENABLE;
    expect(on(FuseV1Options.RunAsNode)).toBe(false);
    expect(on(FuseV1Options.EnableNodeCliInspectArguments)).toBe(false);
    expect(on(FuseV1Options.GrantFileProtocolExtraPrivileges)).toBe(false);
    expect(on(FuseV1Options.OnlyLoadAppFromAsar)).toBe(true);
    expect(on(FuseV1Options.EnableEmbeddedAsarIntegrityValidation)).toBe(true);
  });

  it('finds the program of each system', async () => {
    const { programOf } = await load();
    const name = (electronPlatformName: string) =>
      programOf({ appOutDir: 'out', electronPlatformName, packager });
    expect(name('win32')).toBe(join('out', 'SpaGene Desktop.exe'));
    expect(name('darwin')).toBe(join('out', 'SpaGene Desktop.app'));
    expect(name('linux')).toBe(join('out', 'spagene-desktop'));
  });
});

describe('ci.yml', () => {
  it('builds and tests on three systems, and knows no secret', () => {
    const workflow = text('.github/workflows/ci.yml');
    const { jobs } = parseYaml(workflow) as { jobs: { build: { strategy: { matrix: { os: string[] } } } } };
    expect(jobs.build.strategy.matrix.os).toEqual(['ubuntu-latest', 'windows-latest', 'macos-latest']);
    for (const step of ['npm ci', 'npm test', 'npm run dist']) expect(workflow).toContain(step);
    expect(workflow).not.toMatch(/secrets\./u);
  });
});
