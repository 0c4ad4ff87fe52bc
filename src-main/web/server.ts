import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { UserError } from '../../src-shared/contract/errors.ts';
import type { EngineHost } from '../host/engine-host.ts';
import { EngineSockets } from './engine-sockets.ts';
import { Sessions } from './session.ts';
import { Site } from './site.ts';
import { StaticFiles } from './static-files.ts';

export interface WebServerOptions {
  readonly host: EngineHost;
  /** Folder of the built page. */
  readonly page: string;
  /** 0 takes any that is free. */
  readonly port: number;
}

export interface WebServer {
  readonly port: number;
  /** An address that opens the page once; the one given before stops working. */
  newAddress(): string;
  close(): Promise<void>;
}

/** Serves the page and the engine to browsers of this machine only. Throws a UserError when the port is taken. */
export async function startWebServer({ host, page, port }: WebServerOptions): Promise<WebServer> {
  const sessions = new Sessions();
  const site = new Site(new StaticFiles(page), sessions, host);
  const server = createServer((request, response) => site.answer(request, response));
  const sockets = new EngineSockets(host, sessions);
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await listen(server, port);
  const taken = (server.address() as AddressInfo).port;
  return {
    port: taken,
    newAddress: () => `http://127.0.0.1:${taken}/?token=${sessions.newToken()}`,
    close: async () => {
      sockets.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another program uses it' : error.message;
      const message = `Port ${port} cannot be used (${why}); choose another with --port.`;
      reject(new UserError(message, {}, 'usage', error));
    });
    server.listen(port, '127.0.0.1', resolve);
  });
}
