import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { UserError } from '../../../src-shared/contract/errors.ts';
import { createPending, writeError, writeFileAtomically } from '../../../src-main/io/atomic-write.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'spagene-atomic-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const rejection = async (promise: Promise<unknown>): Promise<UserError> => {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(UserError);
  return error as UserError;
};

describe('writing', () => {
  test('text, bytes and what a callback writes arrive whole', async () => {
    const path = join(folder, 'a');
    await writeFileAtomically(path, 'grün');
    expect(readFileSync(path, 'utf8')).toBe('grün');
    await writeFileAtomically(path, Uint8Array.of(1, 0, 255));
    expect([...readFileSync(path)]).toEqual([1, 0, 255]);
    await writeFileAtomically(path, (temporary) => writeFile(temporary, 'by hand'));
    expect(readFileSync(path, 'utf8')).toBe('by hand');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('the old file stands until the new one is complete', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    await writeFileAtomically(path, async (temporary) => {
      await writeFile(temporary, 'new');
      expect(readFileSync(path, 'utf8')).toBe('old');
    });
    expect(readFileSync(path, 'utf8')).toBe('new');
  });

  test('an error leaves the old file and no temporary one', async () => {
    const path = join(folder, 'a');
    writeFileSync(path, 'old');
    const attempt = writeFileAtomically(path, (temporary) => {
      writeFileSync(temporary, 'half');
      throw new Error('a fault of the program');
    });
    await expect(attempt).rejects.toThrow('a fault of the program');
    expect(readdirSync(folder)).toEqual(['a']);
    expect(readFileSync(path, 'utf8')).toBe('old');
  });
});

test('what a killed process left is removed, what a running one writes is not', async () => {
  const path = join(folder, 'a');
  const script = 'process.kill(process.pid, "SIGKILL")';
  const killed = spawnSync(process.execPath, ['-e', script]).pid;
  const mine = await createPending(path);
  const abandoned = mine.temporary.replace(`-${process.pid}-`, `-${killed}-`);
  expect(abandoned).not.toBe(mine.temporary);
  writeFileSync(abandoned, 'half');
  writeFileSync(join(folder, `.b.${basename(abandoned).slice(3)}`), 'of another file');
  await writeFileAtomically(path, 'whole');
  const left = readdirSync(folder);
  expect(left).toHaveLength(3);
  expect(left).toContain(basename(mine.temporary));
  expect(left).not.toContain(basename(abandoned));
  await mine.discard();
});

describe('errors of disk and folder', () => {
  test('a folder that is not there', async () => {
    const error = await rejection(writeFileAtomically(join(folder, 'gone', 'a.txt'), 'x'));
    expect(error.message).toBe(
      `The folder ${join(folder, 'gone')} is not there (any more), so a.txt was not written.`,
    );
    expect(error.place.file).toBe(join(folder, 'gone', 'a.txt'));
  });

  test('a folder that vanishes meanwhile', async () => {
    const pending = await createPending(join(folder, 'a'));
    rmSync(folder, { recursive: true });
    expect((await rejection(pending.commit())).message).toContain('is not there (any more)');
  });

  test('a name that is a folder', async () => {
    mkdirSync(join(folder, 'a', 'inside'), { recursive: true });
    expect((await rejection(writeFileAtomically(join(folder, 'a'), 'x'))).message).toContain('is a folder');
    expect(readdirSync(folder)).toEqual(['a']);
  });

  test('a file where the folder should be', async () => {
    writeFileSync(join(folder, 'f'), '');
    expect((await rejection(writeFileAtomically(join(folder, 'f', 'a'), 'x'))).message).toContain(
      'is a file, not a folder',
    );
  });

  test.each(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS', 'EXDEV', 'EIO'])('%s', (code) => {
    const error = writeError(Object.assign(new Error(`${code}: write`), { code }), '/data/out/x.h5ad');
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).message).toContain('/data/out');
    expect((error as UserError).message).not.toContain(code);
  });

  test('HDF5’s own wording of a full disk', () => {
    const text = "HDF5-DIAG: …\n errno = 51, error message = 'No space left on device', buf = 0x1\n";
    expect((writeError(new Error(text), '/d/x.h5ad') as Error).message).toMatch(
      /^The disk is full: \/d\/x\.h5ad/,
    );
  });

  test('a fault of the program comes back as it is', () => {
    const fault = new RangeError('row 3 comes next');
    expect(writeError(fault, '/x')).toBe(fault);
  });
});
