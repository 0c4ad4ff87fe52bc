import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, afterEach } from 'vitest';
import type { Args, CallName, Result } from '../../../../src-shared/contract/handlers.ts';
import { calls } from '../../../../src-shared/contract/handlers.ts';
import type { ProjectState } from '../../../../src-shared/domain/project.ts';
import { createEngine, type Engine } from '../../../../src-main/service/engine.ts';

/** A folder that goes when the test file is done; the user's settings are kept in it too. */
export function temporary(): { readonly folder: string; write: (name: string, text: string) => string } {
  const folder = mkdtempSync(join(tmpdir(), 'spagene-dataset-'));
  process.env['SPAGENE_HOME'] = join(folder, '.home');
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    write(name, text) {
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, name.endsWith('.gz') ? gzipSync(text) : text);
      return path;
    },
  };
}

export interface Answering {
  readonly engine: Engine;
  readonly events: { readonly name: string; readonly payload: unknown }[];
  /** Calls a handler and checks both sides of the contract. */
  readonly call: <K extends CallName>(name: K, args: Args<K>) => Promise<Result<K>>;
  readonly state: () => Promise<ProjectState>;
}

const engines: Engine[] = [];
afterEach(async () => {
  for (const engine of engines.splice(0)) await engine.close();
});

/** An engine as in its process, for which the folder (and all real data) have been picked. */
export function answering(...picked: readonly string[]): Answering {
  const events: Answering['events'] = [];
  const engine = createEngine({
    version: '0.0.0-test',
    shell: 'browser',
    spawn: () => {
      throw new Error('nothing is started here');
    },
    emit: (name, payload) => void events.push({ name, payload }),
  });
  for (const path of picked) engine.access.grant(path);
  engines.push(engine);
  const call = async <K extends CallName>(name: K, args: Args<K>): Promise<Result<K>> => {
    const handler = engine.handlers[name] as (args: unknown) => Promise<unknown>;
    return calls[name].result.parse(await handler(calls[name].args.parse(args))) as Result<K>;
  };
  return {
    engine,
    events,
    call,
    state: async () => (await call('project:current', {})).project!,
  };
}

/** A table of counts, with as many genes as a match needs. */
export function tableOf(genes: readonly string[], cells: number, start = 1): string {
  const rows = Array.from({ length: cells }, (_, cell) =>
    [`cell${cell + 1}`, ...genes.map((_, gene) => (cell * 7 + gene * 3 + start) % 5)].join(','),
  );
  return `cell,${genes.join(',')}\n${rows.join('\n')}\n`;
}

export const twelveGenes = 'Sox9 Gad1 Plp1 Mbp Snap25 Vip Sst Pvalb Rorb Cux2 Lamp5 Gfap'.split(' ');
