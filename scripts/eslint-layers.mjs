// A lint rule for the layers of the code: which folders may import which.
import { dirname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** src-main folder → folders to its left that it may import. */
export const layers = {
  matrix: [],
  backend: [],
  io: ['matrix'],
  preprocess: ['matrix'],
  loss: ['backend'],
  model: ['backend', 'loss'],
  train: ['matrix', 'backend', 'preprocess', 'loss', 'model'],
  methods: ['matrix', 'backend', 'preprocess', 'loss', 'model', 'train'],
  gpu: ['backend', 'methods'],
  evaluate: ['matrix', 'io', 'preprocess', 'methods'],
  simulate: ['matrix', 'io'],
  analysis: ['matrix'],
  engine: [
    'matrix',
    'backend',
    'io',
    'preprocess',
    'loss',
    'model',
    'train',
    'methods',
    'evaluate',
    'simulate',
    'analysis',
    'host',
  ],
  project: ['matrix', 'io', 'preprocess'],
  host: [],
  service: [
    'matrix',
    'backend',
    'io',
    'preprocess',
    'methods',
    'evaluate',
    'simulate',
    'analysis',
    'engine',
    'project',
    'host',
  ],
  web: ['host'],
  cli: ['backend', 'io', 'engine', 'simulate', 'host', 'web'],
};

/** Top folder and, inside src-main, the layer of a file; undefined for files at the top of src-main. */
function place(path) {
  const [top, layer, ...rest] = relative(root, path).split(sep);
  return { top, layer: rest.length > 0 ? layer : undefined };
}

/** Why a file may not import another; undefined when it may. */
export function objection(from, to) {
  const [importer, imported] = [place(from), place(to)];
  if (importer.top === 'src-shared' && imported.top !== 'src-shared') return 'src-shared imports only zod';
  if (importer.top === 'src-main' && imported.top === 'src-renderer')
    return 'the engine never imports the page';
  if (importer.top === 'src-renderer' && imported.top === 'src-main')
    return 'the page never imports the engine';
  const inside = importer.top === 'src-main' && imported.top === 'src-main' && importer.layer !== undefined;
  if (!inside || importer.layer === imported.layer) return undefined;
  if (layers[importer.layer]?.includes(imported.layer)) return undefined;
  return `src-main/${importer.layer} may not import src-main/${imported.layer ?? 'its top'}`;
}

export const layerRule = {
  meta: { type: 'problem', schema: [], messages: { layer: '{{why}}; see docs/decisions/001-layers.md.' } },
  create(context) {
    const check = (node) => {
      const source = node.source?.value;
      if (typeof source !== 'string' || !source.startsWith('.')) return;
      const why = objection(context.filename, resolve(dirname(context.filename), source));
      if (why !== undefined) context.report({ node, messageId: 'layer', data: { why } });
    };
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
    };
  },
};
