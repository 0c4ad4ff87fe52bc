import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient, type EngineClient } from '../../../src-renderer/engine/client.ts';
import { portMessage, type ElectronApi } from '../../../src-renderer/engine/electron-api.ts';
import { ElectronTransport } from '../../../src-renderer/engine/electron-transport.ts';

const clients: EngineClient[] = [];
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
});

/** What the preload script exposes, with the test as the host. */
function begin() {
  let push: (message: unknown) => void = () => undefined;
  const api = {
    connect: vi.fn(),
    request: vi.fn<ElectronApi['request']>((message) =>
      Promise.resolve({ id: (message as { id: number }).id, ok: true, value: { names: ['over ipc'] } }),
    ),
    onPush: (listener: (message: unknown) => void) => void (push = listener),
    pathOf: () => '',
  } satisfies ElectronApi;
  const client = createClient(new ElectronTransport(api));
  clients.push(client);
  return { api, client, push: (message: unknown) => push(message) };
}

/** Hands the page a port, as the preload script does. @returns the engine's end, and what it was asked */
function handOver(source: Window | null = window) {
  const { port1, port2 } = new MessageChannel();
  const asked: { id: number; call: string; args: unknown }[] = [];
  port1.onmessage = ({ data }: MessageEvent<(typeof asked)[number]>) => {
    asked.push(data);
  };
  window.dispatchEvent(new MessageEvent('message', { data: portMessage, ports: [port2], source }));
  return { engine: port1, asked };
}

const names = (client: EngineClient) => client.call('map:cell-names', { cells: Uint32Array.of(1) });
const restarted = (seq: number) => ({ seq, event: 'engine:restarted', payload: { message: 'It ended.' } });

describe('calls in Electron', () => {
  it('go over IPC, and the page says that it listens', async () => {
    const { api, client } = begin();
    expect(api.connect).toHaveBeenCalledOnce();
    await Promise.resolve();
    expect(client.status).toBe('up');
    expect(await names(client)).toEqual({ names: ['over ipc'] });
    expect(api.request).toHaveBeenCalledWith({
      id: 1,
      call: 'map:cell-names',
      args: { cells: Uint32Array.of(1) },
    });
  });

  it('for long vectors go over the port, all others still over IPC', async () => {
    const { api, client } = begin();
    const { engine, asked } = handOver();
    const calling = names(client);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    engine.postMessage({ id: asked[0]!.id, ok: true, value: { names: ['over port'] } });
    expect(await calling).toEqual({ names: ['over port'] });
    expect(api.request).not.toHaveBeenCalled();
    await client.call('app:info', {}).catch(() => undefined);
    expect(api.request).toHaveBeenCalledOnce();
    engine.close();
  });

  it('take no port from another window', async () => {
    const { api, client } = begin();
    const { engine, asked } = handOver(null);
    expect(await names(client)).toEqual({ names: ['over ipc'] });
    expect(api.request).toHaveBeenCalledOnce();
    expect(asked).toEqual([]);
    engine.close();
  });

  it('fail when the engine ends, and go over the next port', async () => {
    const { client, push } = begin();
    const heard = vi.fn();
    client.on('engine:restarted', heard);
    const old = handOver();
    const lost = names(client);
    push(restarted(1));
    await expect(lost).rejects.toMatchObject({ name: 'EngineError', code: 'gone' });
    expect(heard).toHaveBeenCalledExactlyOnceWith({ message: 'It ended.' });
    const { engine, asked } = handOver();
    const calling = names(client);
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    engine.postMessage({ id: asked[0]!.id, ok: true, value: { names: ['new'] } });
    expect(await calling).toEqual({ names: ['new'] });
    for (const port of [old.engine, engine]) port.close();
  });

  it('fail with a sentence when the host does', async () => {
    const { api, client } = begin();
    api.request.mockRejectedValueOnce(new Error('Error invoking remote method'));
    await expect(client.call('app:info', {})).rejects.toMatchObject({ name: 'EngineError', code: 'gone' });
  });
});
