import { StoppedError, UserError, type StopSignal } from '../../src-shared/contract/errors.ts';
import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { AffineView } from '../matrix/affine-view.ts';
import { rowsBetween, type Matrix } from '../matrix/dense.ts';
import type { TensorMap } from '../model/frozen-state.ts';
import type { Snapshot, Stage } from '../train/stage.ts';
import type { MemberData } from './member.ts';
import type {
  FromTrainer,
  Line,
  SentMember,
  SentSnapshot,
  SentTask,
  SentTensors,
  SentView,
  ToTrainer,
} from './stage-protocol.ts';
import type { Networks, StageTask } from './stage-task.ts';
import { networksFrom, stateOf, type TrainingPlace } from './training-place.ts';

const GONE =
  'The window that trained on the graphics card has ended. What was trained up to the last checkpoint is kept: go on ' +
  'from there, with another backend if it happens again.';

/** How often a told stop or finish is looked for while the trainer works. */
const LOOK = 50;

/** Matrices that the other end keeps: of two pairs of datasets. */
const MOST_MATRICES = 4;

/** Messages of one stage, in order, for whoever waits for the next. */
class Inbox {
  readonly #waiting: FromTrainer[] = [];
  #wake: (() => void) | undefined;
  #gone = false;

  put(message: FromTrainer): void {
    this.#waiting.push(message);
    this.#wake?.();
  }

  close(): void {
    this.#gone = true;
    this.#wake?.();
  }

  /** The next message. Throws a UserError when the trainer is gone. */
  async next(): Promise<FromTrainer> {
    while (this.#waiting.length === 0) {
      if (this.#gone) throw new UserError(GONE, {}, 'internal');
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
    return this.#waiting.shift()!;
  }
}

/** The other end of a line that trains; what it is asked for are ordinary stages. */
export class RemoteTrainer implements TrainingPlace {
  readonly #line: Line;
  readonly #hello = new Inbox();
  readonly #inboxes = new Map<number, Inbox>();
  /** Those that the other end has, the one asked for last at the end. */
  readonly #matrices = new Map<Matrix, number>();
  #sentMatrices = 0;
  #stages = 0;
  #closed = false;

  constructor(line: Line) {
    this.#line = line;
    line.onMessage((raw) => {
      const message = raw as FromTrainer;
      if ('stage' in message) this.#inboxes.get(message.stage)?.put(message);
      else this.#hello.put(message);
    });
    line.onClose(() => {
      this.#closed = true;
      for (const inbox of [this.#hello, ...this.#inboxes.values()]) inbox.close();
    });
  }

  /** Name of the graphics card, or why there is none. */
  async device(): Promise<{ readonly device: string } | { readonly problem: string }> {
    this.tell({ kind: 'hello' });
    const answer = await this.#hello.next();
    if (answer.kind === 'ready') return { device: answer.device };
    return { problem: answer.kind === 'unable' ? answer.problem : 'the window did not answer' };
  }

  async stage(task: StageTask): Promise<Stage> {
    const number = ++this.#stages;
    const inbox = new Inbox();
    if (this.#closed) inbox.close();
    this.#inboxes.set(number, inbox);
    return new RemoteStage(this, number, inbox, await this.#sent(task));
  }

  tell(message: ToTrainer): void {
    if (!this.#closed) this.#line.send(message);
  }

  forget(stage: number): void {
    this.#inboxes.delete(stage);
    this.tell({ kind: 'forget', stage });
  }

  async #sent(task: StageTask): Promise<SentTask> {
    const data = this.#member(task.data);
    if (task.kind === 'autoencoder') return { kind: task.kind, data, options: task.options };
    const state = async (networks: Networks): Promise<SentTensors> => [...(await stateOf(networks))];
    const trained = { st: await state(task.trained.st), sc: await state(task.trained.sc) };
    return { kind: task.kind, data, trained, options: task.options };
  }

  #member({ st, sc, panel, ...rest }: MemberData): SentMember {
    return { ...rest, st: this.#view(st), sc: this.#view(sc), panel: this.#view(panel) };
  }

  #view({ source, columns, factor, offset }: AffineView): SentView {
    const known = this.#matrices.get(source);
    const matrix = known ?? this.#sentMatrices++;
    if (known === undefined) {
      const { rows, columns: width } = source;
      // A matrix that lies on disk is read whole: the other end has no disk.
      this.tell({
        kind: 'matrix',
        matrix,
        dense: { rows, columns: width, values: rowsBetween(source, 0, rows) },
      });
    }
    this.#matrices.delete(source);
    this.#matrices.set(source, matrix);
    const [[oldest, number]] = [...this.#matrices] as [[Matrix, number]];
    if (this.#matrices.size > MOST_MATRICES) {
      this.#matrices.delete(oldest);
      this.tell({ kind: 'drop-matrix', matrix: number });
    }
    return { matrix, columns, factor, offset };
  }
}

/** A stage that is trained at the other end of a line. */
class RemoteStage implements Stage {
  readonly #trainer: RemoteTrainer;
  readonly #number: number;
  readonly #inbox: Inbox;
  readonly #task: SentTask;
  #from: SentSnapshot | undefined;
  #started = false;
  #networks: TensorMap | undefined;

  constructor(trainer: RemoteTrainer, number: number, inbox: Inbox, task: SentTask) {
    this.#trainer = trainer;
    this.#number = number;
    this.#inbox = inbox;
    this.#task = task;
  }

  async *run(stop?: StopSignal, finish?: StopSignal): AsyncGenerator<LossPoint> {
    const stage = this.#number;
    this.#start();
    const told = new Set<string>();
    const look = (): void => {
      for (const [kind, signal] of [['stop', stop] as const, ['finish', finish] as const]) {
        if (signal?.aborted !== true || told.has(kind)) continue;
        told.add(kind);
        this.#trainer.tell({ kind, stage });
      }
    };
    const timer = setInterval(look, LOOK);
    try {
      for (;;) {
        look();
        const message = await this.#inbox.next();
        if (message.kind === 'point') {
          yield message.point;
          this.#trainer.tell({ kind: 'go-on', stage });
        } else if (message.kind === 'finished') {
          this.#networks = message.networks && new Map(message.networks);
          return;
        } else if (message.kind === 'stopped') throw new StoppedError();
        else if (message.kind === 'failed') throw new UserError(message.message, {}, message.error);
      }
    } finally {
      clearInterval(timer);
    }
  }

  /** Whether it came back with networks. */
  get usable(): boolean {
    return this.#networks !== undefined;
  }

  async snapshot(): Promise<Snapshot> {
    this.#start();
    this.#trainer.tell({ kind: 'snapshot', stage: this.#number });
    const message = await this.#inbox.next();
    if (message.kind === 'failed') throw new UserError(message.message, {}, message.error);
    if (message.kind !== 'snapshot') throw new Error(`a snapshot was expected and ${message.kind} came`);
    const { tensors, counters } = message.snapshot;
    return { tensors: new Map(tensors), counters };
  }

  restore({ tensors, counters }: Snapshot): void {
    this.#from = { tensors: [...tensors], counters };
  }

  finish(): Networks {
    if (this.#networks === undefined) throw new Error('the stage has not come to an end');
    return networksFrom(this.#networks);
  }

  dispose(): void {
    this.#trainer.forget(this.#number);
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#trainer.tell({ kind: 'start', stage: this.#number, task: this.#task, from: this.#from });
  }
}
