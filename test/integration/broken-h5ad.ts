import { join } from 'node:path';
import { writeH5 } from '../main/io/write-h5.ts';
import type { H5Tree } from '../main/io/write-h5.ts';

/** A small CSR AnnData file as a tree; the tests damage parts of it. */
function sound(): Record<string, H5Tree> {
  const names = (prefix: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${prefix}${i}`);
  return {
    '@': { 'encoding-type': 'anndata', 'encoding-version': '0.1.0' },
    X: {
      '@': { 'encoding-type': 'csr_matrix', 'encoding-version': '0.1.0', shape: Int32Array.of(3, 4) },
      data: Float32Array.of(1, 2, 3, 4, 5),
      indices: Int32Array.of(0, 2, 1, 0, 3),
      indptr: Int32Array.of(0, 2, 3, 5),
    },
    obs: { '@': { _index: 'names' }, names: names('cell', 3), score: Float64Array.of(1, 2, 3) },
    var: { '@': { _index: 'names' }, names: names('Gene', 4) },
    obsm: { spatial: { data: Float64Array.of(1, 2, 3, 4, 5, 6), shape: [3, 2] } },
  };
}

type Damage = (tree: Record<string, Record<string, H5Tree>>) => void;

/** What is done to the sound file, and whether a reader must refuse it. */
const damages: Readonly<Record<string, readonly [Damage, boolean]>> = {
  sound: [() => undefined, false],
  'indptr decreases': [(tree) => (tree['X']!['indptr'] = Int32Array.of(0, 3, 2, 5)), true],
  'indptr is too short': [(tree) => (tree['X']!['indptr'] = Int32Array.of(0, 2, 5)), true],
  'indptr ends early': [(tree) => (tree['X']!['indptr'] = Int32Array.of(0, 2, 3, 4)), true],
  'indptr ends late': [(tree) => (tree['X']!['indptr'] = Int32Array.of(0, 2, 3, 2 ** 30)), true],
  'indptr begins late': [(tree) => (tree['X']!['indptr'] = Int32Array.of(1, 2, 3, 5)), true],
  'an index is too large': [(tree) => (tree['X']!['indices'] = Int32Array.of(0, 2, 1, 0, 4)), true],
  'an index is negative': [(tree) => (tree['X']!['indices'] = Int32Array.of(0, 2, 1, -1, 3)), true],
  'an index is a fraction': [(tree) => (tree['X']!['indices'] = Float64Array.of(0, 2.5, 1, 0, 3)), true],
  'indices are doubles': [(tree) => (tree['X']!['indices'] = Float64Array.of(0, 2, 1, 0, 3)), false],
  'indices are text': [(tree) => (tree['X']!['indices'] = ['a', 'b', 'c', 'd', 'e']), true],
  'fewer indices than values': [(tree) => (tree['X']!['indices'] = Int32Array.of(0, 2)), true],
  'values are text': [(tree) => (tree['X']!['data'] = ['1', '2', '3', '4', '5']), true],
  'values have two axes': [
    (tree) => (tree['X']!['data'] = { data: new Float32Array(5), shape: [5, 1] }),
    true,
  ],
  'no values': [(tree) => delete tree['X']!['data'], true],
  'shape turned': [
    (tree) => (tree['X']!['@'] = { 'encoding-type': 'csr_matrix', shape: Int32Array.of(4, 3) }),
    true,
  ],
  'shape of 2^40 rows': [
    (tree) => (tree['X']!['@'] = { 'encoding-type': 'csr_matrix', shape: Float64Array.of(2 ** 40, 4) }),
    true,
  ],
  'negative shape': [
    (tree) => (tree['X']!['@'] = { 'encoding-type': 'csr_matrix', shape: Int32Array.of(-3, 4) }),
    true,
  ],
  'shape is text': [(tree) => (tree['X']!['@'] = { 'encoding-type': 'csr_matrix', shape: ['3', '4'] }), true],
  'format unknown': [
    (tree) => (tree['X']!['@'] = { 'encoding-type': 'bsr_matrix', shape: Int32Array.of(3, 4) }),
    true,
  ],
  'read as CSC': [
    (tree) => (tree['X']!['@'] = { 'encoding-type': 'csc_matrix', shape: Int32Array.of(3, 4) }),
    true,
  ],
  'X is a list': [(tree) => (tree['X'] = Float32Array.of(1, 2, 3) as never), true],
  'X is a cube': [(tree) => (tree['X'] = { data: new Float32Array(12), shape: [3, 2, 2] } as never), false],
  'X is text': [(tree) => (tree['X'] = ['a', 'b', 'c'] as never), false],
  'X has a row too many': [
    (tree) => (tree['X'] = { data: new Float32Array(16), shape: [4, 4] } as never),
    true,
  ],
  'too few cell names': [(tree) => (tree['obs']!['names'] = ['cell0', 'cell1']), true],
  'names are numbers': [(tree) => (tree['obs']!['names'] = Int32Array.of(7, 8, 9)), false],
  'no index': [(tree) => delete tree['obs']!['names'], true],
  'index of another name': [(tree) => (tree['var']!['@'] = { _index: 'elsewhere' }), true],
  'no obs': [(tree) => delete tree['obs'], true],
  'no var': [(tree) => delete tree['var'], true],
  'a column is too short': [(tree) => (tree['obs']!['score'] = Float64Array.of(1)), true],
  'a code without category': [
    (tree) => (tree['obs']!['type'] = { codes: Int8Array.of(0, 1, 5), categories: ['a', 'b'] }),
    true,
  ],
  'a mask that is too short': [
    (tree) => (tree['obs']!['n'] = { values: Int32Array.of(1, 2, 3), mask: Uint8Array.of(0) }),
    true,
  ],
  'positions of other cells': [
    (tree) => (tree['obsm']!['spatial'] = { data: new Float64Array(8), shape: [4, 2] }),
    true,
  ],
  'positions are text': [(tree) => (tree['obsm']!['spatial'] = ['a', 'b', 'c']), false],
};

export async function brokenFiles(
  folder: string,
): Promise<{ readonly name: string; readonly path: string; readonly refused: boolean }[]> {
  const files: { name: string; path: string; refused: boolean }[] = [];
  for (const [name, [damage, refused]] of Object.entries(damages)) {
    const tree = sound();
    damage(tree as never);
    const path = join(folder, `${name.replaceAll(/\W/g, '-')}.h5ad`);
    await writeH5(path, tree);
    files.push({ name, path, refused });
  }
  return files;
}
