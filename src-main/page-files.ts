import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { safeHeaders } from './web/headers.ts';
import { isOwnAddress } from './app-address.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.map': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Letters, digits, dots inside, dashes: nothing that could lead out of the folder, whatever it is decoded to. */
const segment = /^\w[\w-]*(?:\.[\w-]+)*$/u;

/** The file below `folder` that an address means; undefined when it means none. */
export function fileOf(folder: string, address: string): string | undefined {
  if (!isOwnAddress(address)) return undefined;
  const path = new URL(address).pathname;
  const names = path === '/' ? ['index.html'] : path.slice(1).split('/');
  if (!names.every((name) => segment.test(name))) return undefined;
  return extname(names.at(-1)!) in types ? join(folder, ...names) : undefined;
}

/** Answers requests for the page: the files of `folder` and nothing else, each with the content policy. */
export function servePage(folder: string): (request: Request) => Promise<Response> {
  const headers = { ...safeHeaders(), 'Cache-Control': 'no-cache' };
  const refuse = (status: number) => new Response(null, { status, headers });
  return async ({ method, url }) => {
    if (method !== 'GET' && method !== 'HEAD') return refuse(405);
    const file = fileOf(folder, url);
    const bytes = file === undefined ? undefined : await readFile(file).catch(() => undefined);
    if (bytes === undefined) return refuse(404);
    const type = types[extname(file!)]!;
    return new Response(method === 'HEAD' ? null : new Uint8Array(bytes), {
      headers: { ...headers, 'Content-Type': type },
    });
  };
}
