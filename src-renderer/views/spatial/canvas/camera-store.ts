import type { Camera } from './camera.ts';

/** The camera of all panels. It changes at every frame of a movement, so it lives outside of React's state. */
export class CameraStore {
  #camera: Camera;
  readonly #listeners = new Set<(camera: Camera, isMovement: boolean) => void>();

  constructor(camera: Camera) {
    this.#camera = camera;
  }

  readonly get = (): Camera => this.#camera;

  set(camera: Camera, isMovement: boolean): void {
    this.#camera = camera;
    for (const listener of [...this.#listeners]) listener(camera, isMovement);
  }

  readonly subscribe = (listener: (camera: Camera, isMovement: boolean) => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
}
