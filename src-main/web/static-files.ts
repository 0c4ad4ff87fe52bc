import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};
const compressed = new Set(['.html', '.js', '.css', '.json', '.svg', '.wasm']);

export interface StaticFile {
  readonly type: string;
  readonly etag: string;
  /** Named after its contents, so that a browser may keep it for good. */
  readonly hashed: boolean;
  readonly plain: Buffer;
  readonly gzip: Buffer | undefined;
}

/** The files below a folder, by their address ("/chunks/a.js"); read and packed once, when first asked for. */
export class StaticFiles {
  readonly #folder: string;
  readonly #paths: ReadonlySet<string>;
  readonly #read = new Map<string, StaticFile>();

  constructor(folder: string) {
    this.#folder = folder;
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    this.#paths = new Set(
      entries
        .filter((entry) => entry.isFile() && extname(entry.name) in types)
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length).replaceAll('\\', '/')),
    );
  }

  /** Only names that were found in the folder: no address can lead out of it. */
  get(address: string): StaticFile | undefined {
    const path = address === '/' ? '/index.html' : address;
    if (!this.#paths.has(path)) return undefined;
    const file = this.#read.get(path) ?? read(join(this.#folder, path));
    this.#read.set(path, file);
    return file;
  }
}

function read(path: string): StaticFile {
  const plain = readFileSync(path);
  const extension = extname(path);
  return {
    type: types[extension]!,
    etag: `"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`,
    hashed: /-[A-Z0-9]{8}\.[a-z0-9]+$/u.test(path),
    plain,
    gzip: compressed.has(extension) ? gzipSync(plain) : undefined,
  };
}

/** Packed where the browser takes that, and not again when it has it already. */
export function sendFile(file: StaticFile, request: IncomingMessage, response: ServerResponse): void {
  const keep = file.type.startsWith('text/html') ? 'no-store' : 'no-cache';
  response.setHeader('Cache-Control', file.hashed ? 'public, max-age=31536000, immutable' : keep);
  response.setHeader('ETag', file.etag);
  response.setHeader('Vary', 'Accept-Encoding');
  if (request.headers['if-none-match'] === file.etag) {
    response.writeHead(304).end();
    return;
  }
  const packed = /\bgzip\b/u.test(request.headers['accept-encoding'] ?? '') ? file.gzip : undefined;
  if (packed !== undefined) response.setHeader('Content-Encoding', 'gzip');
  const body = packed ?? file.plain;
  response.writeHead(200, { 'Content-Type': file.type, 'Content-Length': body.length });
  response.end(request.method === 'HEAD' ? undefined : body);
}
