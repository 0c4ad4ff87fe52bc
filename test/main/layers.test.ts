import { join } from 'node:path';
import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';
import { root } from '../helpers/spagene.ts';

/** Messages of the linter for a file of this content at this place. */
async function lint(path: string, code: string): Promise<string[]> {
  const eslint = new ESLint({ cwd: root });
  const [result] = await eslint.lintText(code, { filePath: join(root, path) });
  return result!.messages.map(({ message }) => message);
}

describe('the layers are held by the linter', () => {
  // Files that exist, so that the type-aware rules find them in the project.
  it.each([
    ['src-shared/maths/folds.ts', "import '../../src-main/io/csv.ts';", /src-shared imports only zod/u],
    ['src-main/io/csv.ts', "import '../engine/impute.ts';", /io may not import src-main\/engine/u],
    ['src-main/loss/mmd.ts', "import '../train/stage.ts';", /loss may not import src-main\/train/u],
    ['src-main/train/stage.ts', "import 'node:fs';", /run in a page/u],
    ['src-main/engine/impute.ts', "import '@tensorflow/tfjs-core';", /use tensors/u],
    ['src-main/matrix/csr.ts', "import 'h5wasm';", /Only src-main\/io speaks HDF5/u],
    ['src-main/engine/impute.ts', "import 'electron';", /know Electron/u],
  ])('%s: %s', async (path, code, expected) => {
    expect((await lint(path, code)).join('\n')).toMatch(expected);
  });

  it('lets the right import the left', async () => {
    const messages = await lint('src-main/engine/impute.ts', "import '../io/csv.ts';");
    expect(messages.filter((message) => message.includes('may not import'))).toEqual([]);
  });
});
