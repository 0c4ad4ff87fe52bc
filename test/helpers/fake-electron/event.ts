import type { EventEmitter } from 'node:events';

/** An event that can be prevented, as Electron gives it. */
export class FakeEvent {
  defaultPrevented = false;

  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** Emits an event with a preventable first argument. @returns whether it was prevented */
export function happen(
  emitter: EventEmitter,
  name: string,
  details: object = {},
  ...rest: unknown[]
): boolean {
  const event = Object.assign(new FakeEvent(), details);
  emitter.emit(name, event, ...rest);
  return event.defaultPrevented;
}
