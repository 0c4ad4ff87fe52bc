import type * as Electron from 'electron';
import { EventEmitter } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';

/** One end of a line; the other is what the other process would get. */
export class FakePort {
  readonly port: MessagePort;

  constructor(port: MessagePort) {
    this.port = port;
  }

  close(): void {
    this.port.close();
  }
}

export class MessageChannelMain {
  readonly port1: FakePort;
  readonly port2: FakePort;

  constructor() {
    const { port1, port2 } = new MessageChannel();
    for (const port of [port1, port2]) port.unref();
    this.port1 = new FakePort(port1);
    this.port2 = new FakePort(port2);
  }
}

export class FakeUtilityProcess
  extends EventEmitter
  implements Pick<Electron.UtilityProcess, 'postMessage' | 'kill' | 'pid' | 'stdout' | 'stderr'>
{
  readonly posted: unknown[] = [];
  readonly ports: MessagePort[] = [];
  readonly stdout = null;
  readonly stderr = new EventEmitter() as unknown as NodeJS.ReadableStream;
  pid: number | undefined = 4711;
  killed = false;

  postMessage(message: unknown, transfer: readonly unknown[] = []): void {
    this.posted.push(structuredClone(message));
    this.ports.push(...(transfer as FakePort[]).map(({ port }) => port));
    this.emit('test:posted', message);
  }
  kill(): boolean {
    this.killed = true;
    return true;
  }
}

export interface Forked {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: Electron.ForkOptions | undefined;
  readonly process: FakeUtilityProcess;
}

class FakeUtilityProcesses {
  readonly forked: Forked[] = [];
  make: (file: string) => FakeUtilityProcess = () => new FakeUtilityProcess();

  fork(...[file, args = [], options]: Parameters<typeof Electron.utilityProcess.fork>): FakeUtilityProcess {
    const process = this.make(file);
    this.forked.push({ file, args, options, process });
    return process;
  }
}

export const utilityProcess = new FakeUtilityProcesses();
