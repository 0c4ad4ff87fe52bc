import * as tf from '@tensorflow/tfjs-core';

// For a page: nothing here may import what is Node's.

/** The browser's door to graphics cards, as far as it is asked here. */
interface Gpu {
  requestAdapter(options: { readonly powerPreference: string }): Promise<Adapter | null>;
}
interface Adapter {
  readonly info?: { readonly vendor: string; readonly architecture: string; readonly description: string };
}

interface Device {
  addEventListener(
    type: 'uncapturederror',
    listener: (event: { readonly error: { readonly message: string } }) => void,
  ): void;
  readonly lost: Promise<{ readonly message: string }>;
}

/** What WebGPU computes on, or why it cannot. */
export type WebGpuState = { readonly device: string } | { readonly problem: string };

let state: Promise<WebGpuState> | undefined;

/** Makes WebGPU the current backend of this page; once, whatever comes of it. */
export function startWebGpu(): Promise<WebGpuState> {
  state ??= start().catch((cause: unknown) => ({
    problem: cause instanceof Error ? cause.message : String(cause),
  }));
  return state;
}

async function start(): Promise<WebGpuState> {
  const { gpu } = (globalThis as unknown as { navigator: { gpu?: Gpu } }).navigator;
  if (gpu === undefined) return { problem: 'this window has no WebGPU' };
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (adapter === null) return { problem: 'no graphics card that WebGPU can use was found' };
  tf.enableProdMode();
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) return { problem: 'the graphics card could not be opened' };
  watch((tf.backend() as unknown as { device: Device }).device);
  return { device: nameOf(adapter) };
}

let fault: string | undefined;

/**
 * What went wrong on the graphics card since the start. WebGPU tells such errors to nobody who waits for a result: the
 * results are merely wrong, so whoever trains has to look here.
 */
export function webGpuFault(): string | undefined {
  return fault;
}

function watch(device: Device): void {
  device.addEventListener('uncapturederror', ({ error }) => {
    fault ??= error.message.split('\n')[0]!;
  });
  void device.lost.then(({ message }) => {
    fault = `it was lost (${message.split('\n')[0]!})`;
  });
}

function nameOf({ info }: Adapter): string {
  const parts = [info?.description, info?.vendor, info?.architecture];
  const known = parts.filter((part) => part !== undefined && part !== '');
  return known[0] === info?.description ? known[0]! : known.join(' ') || 'graphics card';
}
