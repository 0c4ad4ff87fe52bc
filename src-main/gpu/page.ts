// Entry of the page that trains by WebGPU, in a hidden window: every port it is given is served.
import { startWebGpu, webGpuFault } from '../backend/webgpu.ts';
import { serveStages } from '../methods/serve-stages.ts';
import { lineOver, type PagePort } from './port-line.ts';
import { trainerMessage } from './trainer-message.ts';

interface Page {
  readonly location: { readonly origin: string };
  addEventListener(
    type: 'message',
    listener: (event: {
      readonly data: unknown;
      readonly origin: string;
      readonly ports: readonly PagePort[];
    }) => void,
  ): void;
}
const page = globalThis as unknown as Page;

page.addEventListener('message', ({ data, origin, ports }) => {
  if (data !== trainerMessage || origin !== page.location.origin) return;
  for (const port of ports) serveStages(lineOver(port), { start: startWebGpu, fault: webGpuFault });
});
