import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { app } from './app.ts';

class FakeWebRequest implements Pick<Electron.WebRequest, 'onBeforeRequest'> {
  beforeRequest:
    ((details: { url: string }, callback: (response: Electron.CallbackResponse) => void) => void) | null =
    null;

  onBeforeRequest(...args: unknown[]): void {
    this.beforeRequest = args.at(-1) as typeof this.beforeRequest;
  }
}

type SessionMethods =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'setSpellCheckerEnabled';
type Handler<K extends SessionMethods> = Parameters<Electron.Session[K]>[0];

export class FakeSession extends EventEmitter implements Pick<Electron.Session, SessionMethods> {
  permissionRequest: Handler<'setPermissionRequestHandler'> = null;
  permissionCheck: Handler<'setPermissionCheckHandler'> = null;
  devicePermission: Handler<'setDevicePermissionHandler'> = null;
  displayMedia: Handler<'setDisplayMediaRequestHandler'> = null;
  spellChecker = true;
  readonly webRequest = new FakeWebRequest();
  readonly protocol = new FakeProtocol();

  setPermissionRequestHandler(handler: Handler<'setPermissionRequestHandler'>): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: Handler<'setPermissionCheckHandler'>): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: Handler<'setDevicePermissionHandler'>): void {
    this.devicePermission = handler;
  }
  setDisplayMediaRequestHandler(handler: Handler<'setDisplayMediaRequestHandler'>): void {
    this.displayMedia = handler;
  }
  setSpellCheckerEnabled(enable: boolean): void {
    this.spellChecker = enable;
  }
}

class FakeProtocol implements Pick<Electron.Protocol, 'handle' | 'registerSchemesAsPrivileged'> {
  readonly schemes: Electron.CustomScheme[] = [];
  readonly handlers = new Map<string, (request: Request) => Response | Promise<Response>>();

  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    this.schemes.push(...schemes);
    app.early.push('registerSchemesAsPrivileged');
  }
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>): void {
    this.handlers.set(scheme, handler);
  }
}

export const protocol = new FakeProtocol();
export const session = { defaultSession: new FakeSession() };
