import type { IncomingMessage } from 'node:http';

/** Any port: over a tunnel the browser's differs from ours. */
const LOCAL = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::(?<port>\d{1,5}))?$/u;

/** Host header of a request that was meant for this machine; undefined otherwise, as when a foreign name leads here. */
export function localHost(request: IncomingMessage): string | undefined {
  const { host } = request.headers;
  return host !== undefined && LOCAL.test(host) ? host : undefined;
}

/** Cookies do not know ports; the name does, so that two servers keep theirs apart. */
export function cookieName(host: string): string {
  return `spagene-${LOCAL.exec(host)?.groups?.['port'] ?? '80'}`;
}

/** Whether the page that asks came from this very address. */
export function ownOrigin(request: IncomingMessage): boolean {
  const host = localHost(request);
  return host !== undefined && request.headers.origin === `http://${host}`;
}
