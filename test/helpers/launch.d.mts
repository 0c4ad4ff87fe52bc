import type { ChildProcess } from 'node:child_process';
import type { Browser } from 'playwright-core';

/** The built app in browser mode, with folders of its own. */
export interface App {
  /** Home folder of its user. */
  readonly root: string;
  /** Works once; afterwards the cookie that it was exchanged for does. */
  readonly url: string;
  readonly process: ChildProcess;
  /** Ends the app and removes its folders. */
  close(): Promise<void>;
}

/** Path of a browser to work in; undefined where there is none. */
export declare const browserPath: string | undefined;
/** Starts the built app on a port that is free. @throws Error with what it said when it ends at once */
export declare function startApp(env?: Readonly<Record<string, string>>): Promise<App>;
/** Chromium with WebGL in software, without anything that calls out. */
export declare function launchBrowser(): Promise<Browser>;
