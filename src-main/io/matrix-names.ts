import { UserError } from '../../src-shared/contract/errors.ts';

/** The error for a matrix that a file does not have; lists those it has. */
export function noSuchMatrix(path: string, asked: string | undefined, names: readonly string[]): UserError {
  const has = names.length === 0 ? 'it has no expression matrix at all' : `it has ${names.join(', ')}`;
  const what = asked === undefined ? 'no main matrix' : `no matrix ${asked}`;
  return new UserError(`${path} has ${what}: ${has}.`, { file: path, ...(asked ? { element: asked } : {}) });
}
