// Entry of the process that holds the open project and answers the pages; its host starts it and relays to it.
import { failureOf } from './host/dispatch.ts';
import type { FromEngine, ToEngine } from './host/protocol.ts';
import { isRelayed } from './host/relay.ts';
import { spawnHere } from './host/spawn-here.ts';
import { parent } from './host/this-process.ts';
import { EngineService } from './service/engine-service.ts';

const host = parent();
if (host === undefined) {
  process.stderr.write('spagene: this program is started by SpaGene itself; run "spagene serve".\n');
  process.exit(2);
}

const say = (message: FromEngine) => host.send(message);
const service = new EngineService(spawnHere(), say, (code) => process.exit(code));

host.onMessage((message) => {
  if (!isRelayed(message)) service.hear(message as ToEngine);
});
host.onPort((port) => service.serve(port));
host.onDisconnect(() => service.leave());
// The project would no longer be saved as it is shown: start anew from what is on disk.
process.on('uncaughtException', (error) => {
  failureOf(error, 'the engine ends because of a fault of its own');
  process.exit(70);
});
