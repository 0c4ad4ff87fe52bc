import { protocol, type Session } from 'electron';
import { scheme } from './app-address.ts';
import { servePage } from './page-files.ts';

/** To be called before Electron is ready: the page's scheme is a secure origin such as https. */
export function registerPageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Answers requests for the page with the files of `folder`. */
export function handlePageScheme(session: Session, folder: string): void {
  session.protocol.handle(scheme, servePage(folder));
}
