/**
 * Stands in for Electron, whose binary is not needed for the tests: `vi.mock('electron', () => import(this file))`.
 * What a fake has is named by Electron's own types, so that a signature that is not Electron's does not compile.
 * Everything that was set up is kept, to be looked at.
 */
export * from './fake-electron/app.ts';
export * from './fake-electron/desktop.ts';
export * from './fake-electron/event.ts';
export * from './fake-electron/ipc.ts';
export * from './fake-electron/processes.ts';
export * from './fake-electron/session.ts';
export * from './fake-electron/window.ts';
