import { app, session, type BrowserWindow } from 'electron';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { EventName, EventOf } from '../src-shared/contract/events.ts';
import { distFolder } from './app-address.ts';
import { fileCalls } from './dialogs.ts';
import { electronSpawn, UtilityChild } from './electron-spawn.ts';
import { catchFaults } from './faults.ts';
import { GpuWindow } from './gpu-window.ts';
import { openGuide, openOrTell } from './guide.ts';
import { EngineHost } from './host/engine-host.ts';
import type { Spawn } from './host/child.ts';
import { RunningJobs } from './host/running-jobs.ts';
import { PageLine } from './ipc.ts';
import { JobSigns } from './job-signs.ts';
import { LogFile } from './log-file.ts';
import { MenuBar } from './menu-bar.ts';
import { meantBy, type OpenedPaths } from './opened-paths.ts';
import { handlePageScheme } from './page-protocol.ts';
import { PickedPaths } from './picked-paths.ts';
import { Leaving } from './quit.ts';
import { recover } from './recovery.ts';
import { secureSession } from './security.ts';
import { followTheme } from './theme.ts';
import { VectorPorts } from './vector-ports.ts';
import { WindowState } from './window-state.ts';
import { MainWindow } from './window.ts';

/** The window, the engine, and what joins them to the system. To be made when Electron is ready. */
export class Shell {
  readonly #logs = join(app.getPath('userData'), 'logs');
  readonly #logFile = new LogFile(this.#logs, 'spagene');
  readonly #gpu = new GpuWindow((source, text) => this.#logFile.write(source, text));
  readonly #window: MainWindow;
  readonly #ports = new VectorPorts();
  readonly #picked = new PickedPaths();
  readonly #running = new RunningJobs();
  readonly #signs: JobSigns;
  readonly #host: EngineHost;
  readonly #menus: MenuBar;
  readonly #line: PageLine;
  readonly #leaving: Leaving;

  constructor(opened: OpenedPaths) {
    catchFaults(this.#log);
    app.setAboutPanelOptions({
      applicationName: 'SpaGene Desktop',
      applicationVersion: app.getVersion(),
      copyright: 'The SpaGene Desktop authors, MIT License',
    });
    secureSession(session.defaultSession);
    handlePageScheme(session.defaultSession, join(distFolder(), 'page'));
    const state = new WindowState(join(app.getPath('userData'), 'window.json'));
    this.#window = new MainWindow(state, (window) => this.#setUp(window));
    this.#signs = new JobSigns(this.#window);
    this.#host = this.#startEngine();
    this.#menus = this.#makeMenus();
    this.#line = this.#makeLine();
    this.#leaving = new Leaving({
      window: this.#window,
      busy: () => this.#running.sentence(),
      shutdown: () => this.#host.shutdown(),
    });
    this.#window.show();
    app.on('activate', () => this.#window.show());
    opened.listen((path) => (path === null ? this.#window.show() : void this.#open(path)));
  }

  readonly #log = (source: string, text: string): void => this.#logFile.write(source, text);

  #startEngine(): EngineHost {
    const own = fileCalls({
      window: this.#window,
      folder: () => this.#host.folder,
      grant: (path) => this.#grant(path),
      picked: (path) => this.#picked.covers(path),
    });
    const host = new EngineHost({
      spawn: this.#spawn(),
      shell: 'electron',
      version: app.getVersion(),
      own,
      started: (child) => {
        if (child instanceof UtilityChild) this.#ports.engineStarted(child);
      },
      heard: (event, payload) => this.#heard(event, payload),
    });
    // Where new projects are put unless the user says otherwise.
    const place = join(homedir(), 'SpaGene projects');
    this.#picked.add(place);
    host.grant(place);
    return host;
  }

  /** Every process may ask for the window that trains. */
  #spawn(): Spawn {
    const spawn = electronSpawn(distFolder(), this.#log);
    return (entry, args) => {
      const child = spawn(entry, args);
      this.#gpu.serve(child);
      return child;
    };
  }

  #makeMenus(): MenuBar {
    return new MenuBar(
      {
        command: (command) => {
          this.#window.show();
          this.#host.push('menu:command', { command });
        },
        open: (folder) => void this.#open(folder),
        openGuide: () => void openGuide(),
        showLogs: () => void openOrTell(this.#logs, 'The log files cannot be shown.'),
      },
      () => this.#host.call('app:recent', {}),
    );
  }

  #makeLine(): PageLine {
    const theme = followTheme((dark) => {
      this.#window.dark(dark);
      this.#menus.refresh();
    });
    // Until the engine has told, the window is as it was the last time.
    this.#host.call('app:settings', {}).then(
      (settings) => theme.set(settings.theme),
      () => undefined,
    );
    return new PageLine({
      host: this.#host,
      ports: this.#ports,
      page: () => this.#window.page,
      dropped: (path) => {
        this.#picked.add(path);
        this.#host.grant(path);
      },
      answered: theme.answered,
    });
  }

  #setUp(window: BrowserWindow): void {
    this.#leaving.guard(window);
    recover(window, {
      gone: () => this.#line.close(),
      notice: (message) => this.#line.noticeForNext(message),
      log: this.#log,
    });
    window.on('closed', () => this.#line.close());
    // On macOS jobs go on without a window; elsewhere a hidden one must not keep the app alive.
    if (process.platform !== 'darwin') window.on('closed', () => this.#gpu.close());
  }

  #heard<K extends EventName>(event: K, payload: EventOf<K>): void {
    this.#running.hear(event, payload);
    this.#signs.hear(event, payload);
    if (event !== 'project:changed') return;
    const { project } = payload as EventOf<'project:changed'>;
    this.#window.name(project);
    if (!this.#menus.project(project?.folder ?? null)) return;
    if (project !== null) app.addRecentDocument(project.folder);
  }

  /** Waits until the engine knows, since vectors are asked for by another way than this. */
  async #grant(path: string): Promise<void> {
    this.#picked.add(path);
    this.#host.grant(path);
    // An engine that is gone learns of it when it is started again.
    await this.#host.call('app:settings', {}).catch(() => undefined);
  }

  async #open(path: string): Promise<void> {
    const meant = meantBy(path);
    this.#window.show();
    await this.#grant(meant);
    this.#host.open(meant);
  }
}
