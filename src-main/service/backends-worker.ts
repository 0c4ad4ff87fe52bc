import { listBackends } from '../backend/select.ts';
import { parent } from '../host/this-process.ts';

// Entry of a process of its own: trying the backends loads TensorFlow, which would stay in the engine's process.
try {
  parent()?.send({ backends: await listBackends() });
} catch (error) {
  parent()?.send({ problem: error instanceof Error ? error.message : String(error) });
}
// The backends' threads would keep it alive; time for the message to leave.
setTimeout(() => process.exit(0), 100);
