import { listBackends } from '../backend/select.ts';
import { webGpuStatus } from '../backend/webgpu-status.ts';
import { gpuWindow } from '../engine/start-backend.ts';
import { parent } from '../host/this-process.ts';

// Entry of a process of its own: trying the backends loads TensorFlow, which would stay in the engine's process.
try {
  const backends = await listBackends();
  const webGpu = webGpuStatus(await gpuWindow());
  parent()?.send({ backends: backends.map((backend) => (backend.name === 'webgpu' ? webGpu : backend)) });
} catch (error) {
  parent()?.send({ problem: error instanceof Error ? error.message : String(error) });
}
// The backends' threads would keep it alive; time for the message to leave.
setTimeout(() => process.exit(0), 100);
