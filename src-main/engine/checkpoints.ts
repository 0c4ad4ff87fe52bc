import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readTensors, writeTensors } from '../io/safetensors.ts';
import type { TrainingStore } from '../methods/train-members.ts';
import type { TensorData, TensorMap } from '../model/frozen-state.ts';
import type { Snapshot } from '../train/stage.ts';

const CHECKPOINT_SECONDS = 20;

/** A folder of finished networks, one file a stage, and the checkpoint of the stage in progress. */
export class Checkpoints implements TrainingStore {
  readonly #folder: string;
  #savedAt = Date.now();

  /** @param folder must exist before anything is saved */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Stage and step of the checkpoint. */
  async reached(): Promise<{ stage: string | undefined; step: number }> {
    if (!existsSync(this.#progress)) return { stage: undefined, step: 0 };
    const { metadata } = await readTensors(this.#progress);
    const counters = JSON.parse(metadata['counters']!) as Record<string, number>;
    return { stage: metadata['stage'], step: counters['step'] ?? 0 };
  }

  isFinished(stage: string): boolean {
    return existsSync(this.#file(stage));
  }

  async finished(stage: string): Promise<TensorMap | undefined> {
    const path = this.#file(stage);
    return existsSync(path) ? ((await readTensors(path)).tensors as TensorMap) : undefined;
  }

  async finish(stage: string, networks: TensorMap): Promise<void> {
    await writeTensors(this.#file(stage), networks, { stage });
    await this.clear();
    this.#savedAt = Date.now();
  }

  async checkpoint(stage: string): Promise<Snapshot | undefined> {
    if (!existsSync(this.#progress)) return undefined;
    const { tensors, metadata } = await readTensors(this.#progress);
    if (metadata['stage'] !== stage) return undefined;
    return {
      tensors: tensors as ReadonlyMap<string, TensorData>,
      counters: JSON.parse(metadata['counters']!) as Record<string, number>,
    };
  }

  async save(stage: string, { tensors, counters }: Snapshot): Promise<void> {
    await writeTensors(this.#progress, tensors, { stage, counters: JSON.stringify(counters) });
    this.#savedAt = Date.now();
  }

  due(): boolean {
    return Date.now() - this.#savedAt >= CHECKPOINT_SECONDS * 1000;
  }

  /** Removes the checkpoint of the stage in progress. */
  async clear(): Promise<void> {
    await rm(this.#progress, { force: true });
  }

  /** Removes the whole folder. */
  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  get #progress(): string {
    return join(this.#folder, 'in-progress.safetensors');
  }

  #file(stage: string): string {
    return join(this.#folder, `${stage.replaceAll(' ', '-')}.safetensors`);
  }
}
