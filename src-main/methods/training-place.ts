import { frozenFrom, frozenState, type TensorMap } from '../model/frozen-state.ts';
import type { Stage } from '../train/stage.ts';
import { createStage, type Networks, type StageTask } from './stage-task.ts';

/** Somewhere else where stages are trained, such as a window that has a graphics card. */
export interface TrainingPlace {
  stage(task: StageTask): Promise<Stage>;
}

let elsewhere: TrainingPlace | undefined;

/** Trains in that place from now on, as `selectBackend` chooses for everything else; undefined is this process. */
export function trainIn(place: TrainingPlace | undefined): void {
  elsewhere = place;
}

/** A stage, in the place that was chosen. */
export function stageHere(task: StageTask): Promise<Stage> {
  return elsewhere === undefined ? createStage(task) : elsewhere.stage(task);
}

/** Finished networks as numbers. */
export async function stateOf(networks: Networks): Promise<TensorMap> {
  const states = await Promise.all([...networks].map(([name, network]) => frozenState(name, network)));
  return new Map(states.flatMap((state) => [...state]));
}

/** The networks that {@link stateOf} wrote. */
export function networksFrom(state: TensorMap): Networks {
  const names = new Set([...state.keys()].map((key) => key.slice(0, key.indexOf('.'))));
  return new Map([...names].map((name) => [name, frozenFrom(name, state)]));
}
