// Builds tfjs-node's binding against the C library in a tensorflow-cpu wheel.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SetupError, failureOf } from './programs.mjs';

export function requireTools() {
  const missing = ['python3', 'make', 'g++'].filter((tool) => failureOf(tool, ['--version'], { minutes: 1 }));
  if (failureOf('python3', ['-m', 'pip', '--version'], { minutes: 1 })) missing.push('pip for python3');
  if (missing.length > 0) {
    throw new SetupError(
      `Building needs ${missing.join(', ')}: install these with the system's package manager.`,
    );
  }
}

/** Fetches a tensorflow-cpu wheel into `folder`; any Python's wheel does, since only its C library is used. */
export function downloadWheel(folder) {
  const pip = ['-m', 'pip', 'download', '--no-deps', '--only-binary=:all:', '-d', folder];
  const arch = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const platforms = ['manylinux_2_27', 'manylinux_2_17', 'manylinux2014'].flatMap((tag) => [
    '--platform',
    `${tag}_${arch}`,
  ]);
  const tries = [
    ['tensorflow-cpu==2.21.0'],
    ['tensorflow-cpu'],
    ['--python-version', '3.12', ...platforms, 'tensorflow-cpu'],
  ];
  let failure;
  for (const wanted of tries) {
    failure = failureOf('python3', [...pip, ...wanted]);
    if (failure === undefined)
      return join(
        folder,
        readdirSync(folder).find((name) => name.endsWith('.whl')),
      );
  }
  throw new SetupError(`pip could not fetch a tensorflow-cpu wheel (${failure}).`);
}

const unpack = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as wheel:
    for name in wheel.namelist():
        if name.startswith(('tensorflow/include/', 'tensorflow/libtensorflow_cc.so.2', 'tensorflow/libtensorflow_framework.so.2')):
            wheel.extract(name, sys.argv[2])
`;

/** Puts the wheel's C library where the binding's build looks for it, under the names it asks for. */
export function placeLibraries(wheel, temporary, deps) {
  const failure = failureOf('python3', ['-c', unpack, wheel, temporary]);
  if (failure !== undefined) throw new SetupError(`The wheel could not be unpacked (${failure}).`);
  rmSync(wheel);
  rmSync(deps, { recursive: true, force: true });
  mkdirSync(join(deps, 'lib'), { recursive: true });
  const move = (from, to) => {
    try {
      renameSync(from, to);
    } catch {
      cpSync(from, to, { recursive: true }); // the temporary folder may be another file system
      rmSync(from, { recursive: true });
    }
  };
  move(join(temporary, 'tensorflow', 'include'), join(deps, 'include'));
  for (const [file, stem] of [
    ['libtensorflow_cc.so.2', 'libtensorflow'],
    ['libtensorflow_framework.so.2', 'libtensorflow_framework'],
  ]) {
    move(join(temporary, 'tensorflow', file), join(deps, 'lib', file));
    for (const name of [`${stem}.so`, `${stem}.so.2`, `${stem}.so.2.9.1`]) {
      if (name !== file) symlinkSync(file, join(deps, 'lib', name));
    }
  }
}

/** Where Node's headers are. The binding uses Node-API only, so those of another major version do as well. */
export function nodeHeaders() {
  const configured = process.env.npm_config_nodedir;
  const places = [dirname(dirname(process.execPath)), configured, '/usr', '/usr/local'].filter(
    (place) => place,
  );
  const found = places.filter((place) => existsSync(join(place, 'include', 'node', 'node_api.h')));
  const major = (place) =>
    /NODE_MAJOR_VERSION (\d+)/.exec(
      readFileSync(join(place, 'include', 'node', 'node_version.h'), 'utf8'),
    )?.[1];
  return found.find((place) => major(place) === process.versions.node.split('.')[0]) ?? found[0];
}

export function buildBinding(packageFolder, prefix, say) {
  const headers = nodeHeaders();
  say(
    headers === undefined
      ? '   No Node headers on this machine; the build fetches them from nodejs.org, which a locked network refuses.'
      : `   Building the binding with Node's headers in ${headers}.`,
  );
  const npmFolder = dirname(
    dirname(
      process.env.npm_execpath ??
        execFileSync('npm', ['root', '-g'], { encoding: 'utf8' }).trim() + '/npm/bin/npm-cli.js',
    ),
  );
  const gyp = join(npmFolder, 'node_modules', 'node-gyp', 'bin', 'node-gyp.js');
  const env = {
    ...process.env,
    ...(existsSync(gyp) && { npm_config_node_gyp: gyp }),
    ...(headers && { npm_config_nodedir: headers }),
  };
  const script = join(prefix, 'node_modules', '@mapbox', 'node-pre-gyp', 'bin', 'node-pre-gyp');
  const failure = failureOf(process.execPath, [script, 'install', '--build-from-source'], {
    cwd: packageFolder,
    env,
  });
  if (failure !== undefined) throw new SetupError(`The binding could not be built (${failure}).`);
}
