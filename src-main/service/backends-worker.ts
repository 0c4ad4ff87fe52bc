import { listBackends } from '../backend/select.ts';
import { webGpuStatus } from '../backend/webgpu-status.ts';
import { gpuWindow } from '../engine/start-backend.ts';
import { parent } from '../host/this-process.ts';
import type { BackendsAnswer } from './backends.ts';

const say = (answer: BackendsAnswer): void => parent()?.send(answer);

// Entry of a process of its own: trying the backends loads TensorFlow, which would stay in the engine's process.
try {
  const backends = await listBackends();
  const webGpu = webGpuStatus(await gpuWindow());
  say({ kind: 'backends', backends: backends.map((one) => (one.name === 'webgpu' ? webGpu : one)) });
} catch (error) {
  say({ kind: 'backends', problem: error instanceof Error ? error.message : String(error) });
}
// The backends' threads would keep it alive; time for the message to leave.
setTimeout(() => process.exit(0), 100);
