import js from '@eslint/js';
import tseslint from 'typescript-eslint';
import reactHooks from 'eslint-plugin-react-hooks';
import { layerRule } from './scripts/eslint-layers.mjs';

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
    plugins: { spagene: { rules: { layers: layerRule } } },
    languageOptions: { parserOptions: { projectService: { allowDefaultProject: ['*.ts'] } } },
    rules: {
      'spagene/layers': 'error',
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
  {
    files: ['src-renderer/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: {
      ...reactHooks.configs.recommended.rules,
      ...restrict(tensorflow, hdf5, electron, node),
    },
  },
  { files: ['src-main/*.ts'], rules: restrict(tensorflow, hdf5) },
  { files: ['src-main/*/**/*.ts'], rules: restrict(tensorflow, hdf5, electron) },
  { files: ['src-main/io/**/*.ts'], rules: restrict(tensorflow, electron) },
  { files: ['src-main/backend/**/*.ts'], rules: restrict(hdf5, electron) },
  { files: ['src-main/analysis/**/*.ts'], rules: restrict(tensorflow, hdf5, electron, node) },
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
