import { Worker, type MessagePort } from 'node:worker_threads';
import { FakeUtilityProcess, type FakePort } from './fake-electron/processes.ts';

/** What a utility process finds as process.parentPort, over the thread's own port. */
const bootstrap = `
  const { parentPort, workerData } = require('node:worker_threads');
  const line = (port) => ({
    postMessage: (message) => port.postMessage(message),
    on: (event, listener) => port.on(event, (data) => listener({ data })),
    start: () => port.start(),
  });
  process.parentPort = {
    postMessage: (message) => parentPort.postMessage(message),
    on: (event, listener) =>
      parentPort.on(event, ({ data, ports }) => listener({ data, ports: ports.map(line) })),
  };
  import(workerData);
`;

/** A utility process that really runs its program, in a thread: what Electron's would do with the same messages. */
export class WorkerProcess extends FakeUtilityProcess {
  readonly #worker: Worker;

  constructor(file: string) {
    super();
    this.#worker = new Worker(bootstrap, { eval: true, workerData: file, stdout: true, stderr: true });
    this.#worker.on('message', (message) => this.emit('message', message));
    this.#worker.on('exit', (code) => this.emit('exit', code));
    this.#worker.on('error', (error) => this.emit('error', 'FatalError', String(error), ''));
    for (const stream of [this.#worker.stdout, this.#worker.stderr])
      stream.on('data', (data) => this.stderr.emit('data', data));
  }

  override postMessage(data: unknown, transfer: readonly unknown[] = []): void {
    const ports: MessagePort[] = (transfer as FakePort[]).map(({ port }) => port);
    this.#worker.postMessage({ data, ports }, ports);
    this.emit('test:posted', data);
  }

  override kill(): boolean {
    void this.#worker.terminate();
    return super.kill();
  }
}
