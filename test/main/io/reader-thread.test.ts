import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ReaderThread } from '../../../src-main/io/reader-thread.ts';
import { openDataset } from '../../../src-main/io/registry.ts';
import { temporary } from './temporary.ts';

const { folder } = temporary();

describe.skipIf(process.platform === 'win32')('a file that never answers (needs named pipes)', () => {
  it('ends the thread that waits for it, and every later call fails at once', async () => {
    const pipe = join(folder, 'pipe.h5');
    execFileSync('mkfifo', [pipe]);
    const thread = await ReaderThread.take();
    await thread.ask({ call: 'close' });
    const started = performance.now();
    // Opening a pipe that nobody writes to blocks the reader as a loop inside the library does.
    await expect(thread.ask({ call: 'open', file: pipe }, 0, 300)).rejects.toThrow('did not answer');
    await expect(thread.ask({ call: 'node', path: '/' })).rejects.toThrow('did not answer');
    expect(performance.now() - started).toBeLessThan(2000);
    const next = await ReaderThread.take();
    expect(next).not.toBe(thread);
    await expect(next.ask({ call: 'close' })).resolves.toBeNull();
    next.end();
  });

  it('is refused at the door when it is no file', async () => {
    const pipe = join(folder, 'door.h5ad');
    execFileSync('mkfifo', [pipe]);
    await expect(openDataset(pipe)).rejects.toThrow('door.h5ad is neither a file nor a folder.');
  });
});
