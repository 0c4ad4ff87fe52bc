import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineHost } from '../host/engine-host.ts';
import { sendDownload } from './download.ts';
import { safeHeaders } from './headers.ts';
import { cookieName, localHost } from './same-machine.ts';
import { say } from './say.ts';
import type { Sessions } from './session.ts';
import { sendFile, type StaticFiles } from './static-files.ts';

/** Seconds, so that closing the browser does not lock its user out; what it opens ends with this server anyway. */
const COOKIE_AGE = 30 * 24 * 3600;

/** What the addresses of the server lead to. */
export class Site {
  readonly #files: StaticFiles;
  readonly #sessions: Sessions;
  readonly #engine: EngineHost;

  constructor(files: StaticFiles, sessions: Sessions, engine: EngineHost) {
    this.#files = files;
    this.#sessions = sessions;
    this.#engine = engine;
  }

  answer(request: IncomingMessage, response: ServerResponse): void {
    const host = localHost(request);
    if (host === undefined) say(response, 403, 'This server only answers to the name of its own machine.');
    else {
      for (const [name, value] of Object.entries(safeHeaders(host))) response.setHeader(name, value);
      this.#answerTo(host, request, response);
    }
  }

  #answerTo(host: string, request: IncomingMessage, response: ServerResponse): void {
    const address = parseAddress(request.url, host);
    const known = this.#sessions.knows(request.headers.cookie, cookieName(host));
    const token = address?.pathname === '/' ? address.searchParams.get('token') : null;
    if (request.method !== 'GET' && request.method !== 'HEAD') say(response, 405, 'Only GET is answered.');
    else if (address === undefined) say(response, 400, 'This is not an address.');
    else if (token !== null) this.#enter(request, response, known ? undefined : token);
    else if (!known) say(response, 401, 'Open SpaGene with the address that it printed when it was started.');
    else if (address.pathname.startsWith('/download/'))
      void sendDownload(this.#engine.folder, address.pathname, request, response);
    else this.#send(request, response, address.pathname);
  }

  /** Takes a token for a cookie; who has one already is only led on. A browser that looks ahead uses up nothing. */
  #enter(request: IncomingMessage, response: ServerResponse, token: string | undefined): void {
    const purpose = String(request.headers['sec-purpose'] ?? request.headers['purpose'] ?? '');
    if (request.method !== 'GET' || purpose.includes('prefetch')) {
      say(response, 503, 'Open this address yourself.');
      return;
    }
    const cookie = token === undefined ? undefined : this.#sessions.exchange(token);
    if (token !== undefined && cookie === undefined) {
      say(
        response,
        403,
        'This address was used before; press Enter where SpaGene was started for a new one.',
      );
      return;
    }
    if (cookie !== undefined) {
      const name = cookieName(localHost(request)!);
      const rules = `HttpOnly; SameSite=Strict; Path=/; Max-Age=${COOKIE_AGE}`;
      response.setHeader('Set-Cookie', `${name}=${cookie}; ${rules}`);
    }
    response.writeHead(303, { Location: '/', 'Cache-Control': 'no-store' }).end();
  }

  #send(request: IncomingMessage, response: ServerResponse, path: string): void {
    const file = this.#files.get(path);
    if (file === undefined) say(response, 404, 'There is nothing at this address.');
    else sendFile(file, request, response);
  }
}

function parseAddress(url: string | undefined, host: string): URL | undefined {
  const full = `http://${host}${url ?? ''}`;
  return url?.startsWith('/') === true && URL.canParse(full) ? new URL(full) : undefined;
}
