/** The thread that writes an AnnData file: HDF5 compresses and writes here while the next values are computed. */
import { parentPort } from 'node:worker_threads';
import { H5adFile } from './h5ad-file.ts';
import type { WriterReply, WriterRequest } from './h5ad-writer-protocol.ts';

let file: H5adFile | undefined;
const port = parentPort!;
let turn = Promise.resolve();

port.on('message', (request: WriterRequest) => {
  turn = turn.then(async () => port.postMessage(await answer(request)));
});

async function answer(request: WriterRequest): Promise<WriterReply> {
  try {
    switch (request.call) {
      case 'create':
        file = await H5adFile.create(request.file, request.content);
        return { warnings: file.warnings };
      case 'append':
        for (const [element, rows] of Object.entries(request.rows)) {
          file!.append(element, request.firstRow, rows);
        }
        return {};
      case 'finish':
        await file!.finish();
        return {};
    }
  } catch (error) {
    const { name, message, code } = error as NodeJS.ErrnoException;
    return { error: message, name, code };
  }
}
