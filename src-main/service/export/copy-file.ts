import { createReadStream, createWriteStream, constants, statSync } from 'node:fs';
import { copyFile as copyByName } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { writeFileAtomically } from '../../io/atomic-write.ts';

const PIECE = 4 * 2 ** 20;

/**
 * Copies a file, at no cost where the disk can share its blocks. The copy is there whole or not at all. Throws a
 * UserError for a full disk; an AbortError when the signal says so.
 */
export async function copyFile(
  from: string,
  to: string,
  signal: AbortSignal,
  progress: (share: number) => void,
): Promise<void> {
  await writeFileAtomically(to, async (temporary) => {
    if (await shareBlocks(from, temporary)) return;
    const { size } = statSync(from);
    let done = 0;
    const count = new Transform({
      transform(piece: Buffer, _, next) {
        done += piece.length;
        progress(done / Math.max(size, 1));
        next(null, piece);
      },
    });
    await pipeline(
      createReadStream(from, { highWaterMark: PIECE }),
      count,
      createWriteStream(temporary, { highWaterMark: PIECE }),
      { signal },
    );
  });
}

async function shareBlocks(from: string, to: string): Promise<boolean> {
  try {
    await copyByName(from, to, constants.COPYFILE_FICLONE_FORCE);
    return true;
  } catch {
    return false;
  }
}
