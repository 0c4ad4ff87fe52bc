import { createReadStream } from 'node:fs';
import { open, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { basename, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { say } from './say.ts';

/** Sends a file of the open project's exports/ folder to be saved: /download/exports/NAME. */
export async function sendDownload(
  project: string | null,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const file = project === null ? undefined : await exportedFile(project, address);
  const handle = file === undefined ? undefined : await open(file).catch(() => undefined);
  if (file === undefined || handle === undefined) {
    say(response, 404, 'There is no such file among what this project has exported.');
    return;
  }
  const { size } = await handle.stat();
  response.writeHead(200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': size,
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(file))}`,
    'Cache-Control': 'no-store',
  });
  if (request.method === 'HEAD') {
    await handle.close();
    response.end();
    return;
  }
  const stream = createReadStream('', { fd: handle });
  // A browser that goes away, or a disk that does: the connection ends before the promised length.
  await pipeline(stream, response).catch(() => response.destroy());
}

/** The file itself, links followed; undefined when it is not inside the project's exports. */
async function exportedFile(project: string, address: string): Promise<string | undefined> {
  const parts = decoded(address);
  if (parts?.[0] !== 'exports' || parts.length < 2) return undefined;
  try {
    const folder = await realpath(join(project, 'exports'));
    const file = await realpath(join(folder, ...parts.slice(1)));
    const inside = file.startsWith(folder + sep) && (await stat(file)).isFile();
    return inside ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Segments after /download/; undefined when one of them is not a plain name. */
function decoded(address: string): string[] | undefined {
  try {
    const parts = address.slice('/download/'.length).split('/').map(decodeURIComponent);
    const plain = parts.every(
      (part) => part !== '' && part !== '.' && part !== '..' && !/[/\\\0]/u.test(part),
    );
    return plain ? parts : undefined;
  } catch {
    return undefined;
  }
}
