import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import importX from 'eslint-plugin-import-x';

/**
 * Who may import whom. Inside src-main the right side may import the left:
 * matrix, backend → io, preprocess → loss, model → train → methods → evaluate → engine.
 */
const layers = [
  { name: 'matrix', may: [] },
  { name: 'backend', may: [] },
  { name: 'io', may: ['matrix'] },
  { name: 'preprocess', may: ['matrix'] },
  { name: 'loss', may: [] },
  { name: 'model', may: ['backend', 'loss'] },
  { name: 'train', may: ['matrix', 'backend', 'preprocess', 'loss', 'model'] },
  { name: 'methods', may: ['matrix', 'backend', 'preprocess', 'loss', 'model', 'train'] },
  { name: 'evaluate', may: ['matrix', 'io', 'preprocess'] },
  {
    name: 'engine',
    may: ['matrix', 'backend', 'io', 'preprocess', 'loss', 'model', 'train', 'methods', 'evaluate'],
  },
];
const zones = layers.flatMap((layer) =>
  layers
    .filter((other) => other !== layer && !layer.may.includes(other.name))
    .map((other) => ({
      target: `./src-main/${layer.name}`,
      from: `./src-main/${other.name}`,
      message: `src-main/${layer.name} may not import src-main/${other.name}; see docs/decisions/001-layers.md`,
    })),
);
const apart = [
  { target: './src-shared', from: './src-main', message: 'src-shared imports only zod.' },
  { target: './src-shared', from: './src-renderer', message: 'src-shared imports only zod.' },
  { target: './src-main', from: './src-renderer', message: 'The engine never imports the page.' },
  { target: './src-renderer', from: './src-main', message: 'The page never imports the engine.' },
];
const tensorflow = {
  group: ['@tensorflow/*'],
  message: 'Only backend, loss, model, train and methods use tensors.',
};
const hdf5 = { group: ['h5wasm', 'h5wasm/*', 'h5wasm-plugins'], message: 'Only src-main/io speaks HDF5.' };
const electron = { group: ['electron'], message: 'Only the files at the top of src-main know Electron.' };
const node = { group: ['node:*'], message: 'These folders must also run in a page (WebGPU).' };
const restrict = (...patterns) => ({ 'no-restricted-imports': ['error', { patterns }] });

export default tseslint.config(
  { ignores: ['dist/', '.tsbuild/', '.native/', 'node_modules/', 'coverage/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.ts'] } } },
    rules: {
      'import-x/no-restricted-paths': ['error', { zones: [...zones, ...apart] }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/prefer-for-of': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
    },
  },
  { files: ['src-shared/**/*.ts'], rules: restrict(tensorflow, hdf5, electron, node) },
  { files: ['src-main/*.ts'], rules: restrict(tensorflow, hdf5) },
  { files: ['src-main/*/**/*.ts'], rules: restrict(tensorflow, hdf5, electron) },
  { files: ['src-main/io/**/*.ts'], rules: restrict(tensorflow, electron) },
  { files: ['src-main/backend/**/*.ts'], rules: restrict(hdf5, electron) },
  { files: ['src-main/{loss,model,train,methods}/**/*.ts'], rules: restrict(hdf5, electron, node) },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        performance: 'readonly',
        fetch: 'readonly',
        Buffer: 'readonly',
        setTimeout: 'readonly',
      },
    },
  },
);
