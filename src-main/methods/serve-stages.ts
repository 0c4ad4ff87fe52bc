import { StoppedError, UserError } from '../../src-shared/contract/errors.ts';
import type { AffineView } from '../matrix/affine-view.ts';
import type { Dense } from '../matrix/dense.ts';
import type { Snapshot, Stage } from '../train/stage.ts';
import type { FromTrainer, Line, SentMember, SentTask, SentView, ToTrainer } from './stage-protocol.ts';
import { createStage, type StageTask } from './stage-task.ts';
import { networksFrom, stateOf } from './training-place.ts';

export interface TrainerOptions {
  /** Opens the graphics card; asked before anything else. */
  readonly start: () => Promise<{ readonly device: string } | { readonly problem: string }>;
  /** What went wrong on the card meanwhile: results since then are not to be trusted. */
  readonly fault: () => string | undefined;
}

/** A stage under way, and what it was told. */
class Running {
  readonly stop = new AbortController();
  readonly finish = new AbortController();
  stage: Stage | undefined;
  /** Called when the asking side has taken the last point. */
  goOn: (() => void) | undefined;
  forgotten = false;
  readonly #task: StageTask;
  #ended = false;

  constructor(task: StageTask) {
    this.#task = task;
  }

  /** Its training is over; the stage stays for a snapshot until it is forgotten. */
  end(): void {
    this.#ended = true;
    if (this.forgotten) this.#dispose();
  }

  forget(): void {
    this.forgotten = true;
    if (this.#ended) this.#dispose();
    else {
      this.stop.abort();
      this.goOn?.();
    }
  }

  #dispose(): void {
    this.stage?.dispose();
    if (this.#task.kind !== 'translation') return;
    const { st, sc } = this.#task.trained;
    for (const network of [...st.values(), ...sc.values()]) network.dispose();
  }
}

/**
 * Trains at this end of a line what the other end asks for. After every point a stage waits to be told to go on, so that a
 * snapshot that is asked for belongs to the point before it.
 */
export function serveStages(line: Line, { start, fault }: TrainerOptions): void {
  const matrices = new Map<number, Dense>();
  const stages = new Map<number, Running>();
  const tell = (message: FromTrainer) => line.send(message);

  const failed = (stage: number, error: unknown): FromTrainer => {
    if (error instanceof StoppedError) return { kind: 'stopped', stage };
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UserError) return { kind: 'failed', stage, error: error.kind, message };
    return {
      kind: 'failed',
      stage,
      error: 'internal',
      message: `Training on the graphics card failed: ${message}`,
    };
  };
  const expectNoFault = () => {
    const what = fault();
    if (what === undefined) return;
    const advice = 'Go on from the last checkpoint with another backend.';
    throw new UserError(`Training on the graphics card failed: ${what}. ${advice}`, {}, 'internal');
  };

  async function train(number: number, task: SentTask, from: Snapshot | undefined): Promise<void> {
    const given = received(task, matrices);
    const running = new Running(given);
    stages.set(number, running);
    try {
      const stage = await createStage(given);
      running.stage = stage;
      if (from !== undefined) stage.restore(from);
      for await (const point of stage.run(running.stop.signal, running.finish.signal)) {
        expectNoFault();
        const told = new Promise<void>((resolve) => (running.goOn = resolve));
        tell({ kind: 'point', stage: number, point });
        await told;
        if (running.forgotten) return;
      }
      const networks = stage.usable ? [...(await finished(stage))] : undefined;
      expectNoFault();
      tell({ kind: 'finished', stage: number, networks });
    } catch (error) {
      tell(failed(number, error));
    } finally {
      running.end();
    }
  }

  async function snapshot(number: number): Promise<void> {
    try {
      const { tensors, counters } = await stages.get(number)!.stage!.snapshot();
      expectNoFault();
      tell({ kind: 'snapshot', stage: number, snapshot: { tensors: [...tensors], counters } });
    } catch (error) {
      tell(failed(number, error));
    }
  }

  function forget(number: number): void {
    stages.get(number)?.forget();
    stages.delete(number);
  }

  line.onMessage((raw) => {
    const message = raw as ToTrainer;
    if (message.kind === 'hello') {
      void start().then((state) =>
        tell('device' in state ? { kind: 'ready', ...state } : { kind: 'unable', ...state }),
      );
    } else if (message.kind === 'matrix') matrices.set(message.matrix, message.dense);
    else if (message.kind === 'drop-matrix') matrices.delete(message.matrix);
    else if (message.kind === 'start') {
      const from = message.from && { ...message.from, tensors: new Map(message.from.tensors) };
      void train(message.stage, message.task, from);
    } else if (message.kind === 'snapshot') void snapshot(message.stage);
    else if (message.kind === 'forget') forget(message.stage);
    else {
      const running = stages.get(message.stage);
      if (message.kind === 'stop') running?.stop.abort();
      else if (message.kind === 'finish') running?.finish.abort();
      else running?.goOn?.();
    }
  });
  line.onClose(() => {
    for (const number of [...stages.keys()]) forget(number);
    matrices.clear();
  });
}

/** A stage's networks as numbers; the networks themselves are released. */
async function finished(stage: Stage) {
  const networks = stage.finish();
  const state = await stateOf(networks);
  for (const network of networks.values()) network.dispose();
  return state;
}

function received(task: SentTask, matrices: ReadonlyMap<number, Dense>): StageTask {
  const view = ({ matrix, ...rest }: SentView): AffineView => ({ source: matrices.get(matrix)!, ...rest });
  const member = ({ st, sc, panel, ...rest }: SentMember) => ({
    ...rest,
    st: view(st),
    sc: view(sc),
    panel: view(panel),
  });
  const data = member(task.data);
  if (task.kind === 'autoencoder') return { kind: task.kind, data, options: task.options };
  const { st, sc } = task.trained;
  const trained = { st: networksFrom(new Map(st)), sc: networksFrom(new Map(sc)) };
  return { kind: task.kind, data, trained, options: task.options };
}
