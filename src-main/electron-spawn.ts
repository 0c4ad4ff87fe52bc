import { utilityProcess, type MessagePortMain, type UtilityProcess } from 'electron';
import { join } from 'node:path';
import type { Child, Entry, Spawn } from './host/child.ts';

const serviceNames: Readonly<Record<Entry, string>> = {
  'engine-process': 'SpaGene engine',
  'job-worker': 'SpaGene job',
  'evaluate-worker': 'SpaGene evaluation',
  'backends-worker': 'SpaGene backends',
};

/** Starts `<folder>/<entry>.js` in utility processes. @param log what they print, with the process that printed it */
export function electronSpawn(folder: string, log: (source: string, text: string) => void): Spawn {
  return (entry, args = []) => {
    const child = utilityProcess.fork(join(folder, `${entry}.js`), [...args], {
      serviceName: serviceNames[entry],
      stdio: 'pipe',
    });
    const note = (data: Buffer) => log(`${entry} ${child.pid ?? '-'}`, data.toString('utf8'));
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    child.on('error', (type, location) => log(entry, `${type} at ${location}`));
    return new UtilityChild(child);
  };
}

/** A utility process of Electron. */
export class UtilityChild implements Child {
  readonly #process: UtilityProcess;
  readonly #exits: ((how: string) => void)[] = [];
  #ended: string | undefined;

  constructor(process: UtilityProcess) {
    this.#process = process;
    process.on('exit', (code) => {
      this.#ended = `code ${code}`;
      for (const listener of this.#exits) listener(this.#ended);
    });
  }

  /** Known once it has been started. */
  get pid(): number | undefined {
    return this.#process.pid;
  }

  send(message: unknown): void {
    if (this.#ended === undefined) this.#process.postMessage(message);
  }

  /** Gives it one end of a line to somebody else. */
  handOver(port: MessagePortMain): void {
    if (this.#ended === undefined) this.#process.postMessage({ kind: 'port' }, [port]);
  }

  onMessage(listener: (message: unknown) => void): void {
    this.#process.on('message', listener);
  }

  onExit(listener: (how: string) => void): void {
    if (this.#ended === undefined) this.#exits.push(listener);
    else queueMicrotask(() => listener(this.#ended!));
  }

  kill(): void {
    if (this.#ended === undefined) this.#process.kill();
  }
}
