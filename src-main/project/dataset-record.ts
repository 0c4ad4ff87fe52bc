import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { throwIfStopped, UserError } from '../../src-shared/contract/errors.ts';
import type { StopSignal } from '../../src-shared/contract/errors.ts';
import type { DatasetRecord } from '../../src-shared/domain/project.ts';

type Files = DatasetRecord['files'];
type Report = (stage: string, share: number | null) => void;

/**
 * Sizes and hashes of files, in the order given. The share that is reported is of their bytes.
 * @throws UserError for a file that cannot be read, StoppedError on the signal
 */
export async function hashFiles(
  paths: readonly string[],
  signal?: StopSignal,
  report?: Report,
): Promise<Files> {
  const sizes = paths.map((path) => statSync(path).size);
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  const files: Files = [];
  for (const [i, path] of paths.entries()) {
    const hash = createHash('sha256');
    for await (const chunk of chunksOf(path, signal)) {
      hash.update(chunk);
      done += chunk.length;
      report?.('Fingerprinting the files', total === 0 ? null : Math.min(1, done / total));
    }
    files.push({ path, bytes: sizes[i]!, sha256: hash.digest('hex') });
  }
  return files;
}

/** The bytes of a file, piece by piece. Throws a UserError where the system refuses. */
export async function* chunksOf(path: string, signal?: StopSignal): AsyncGenerator<Buffer> {
  const stream = createReadStream(path, { highWaterMark: 1 << 20 });
  try {
    for await (const chunk of stream) {
      throwIfStopped(signal);
      yield chunk as Buffer;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined || error instanceof UserError) throw error;
    throw new UserError(
      `${path} cannot be read (${code}); is its disk still there, and may you read it?`,
      { file: path },
      'input',
      error,
    );
  } finally {
    stream.destroy();
  }
}
