import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { UserError } from '../../../../src-shared/contract/errors.ts';
import type { ProjectState } from '../../../../src-shared/domain/project.ts';
import { StateSaver } from '../../../../src-main/service/jobs/state-saver.ts';
import type { ProjectHandle } from '../../../../src-main/service/context.ts';

/** A project on a disk that can be full. */
class Project {
  full = false;
  state = { notes: '' } as ProjectState;
  readonly handle: ProjectHandle = Object.defineProperty({} as ProjectHandle, 'state', {
    get: () => this.state,
  });

  constructor() {
    Object.assign(this.handle, {
      change: (edit: (state: ProjectState) => ProjectState) => {
        if (this.full) return Promise.reject(new UserError('The disk is full.'));
        this.state = edit(this.state);
        return Promise.resolve();
      },
    });
  }
}

const add = (letter: string) => (state: ProjectState) => ({ ...state, notes: state.notes + letter });

describe('StateSaver', () => {
  let project: Project;
  let shown: string[];
  let saver: StateSaver;

  beforeEach(() => {
    vi.useFakeTimers();
    project = new Project();
    shown = [];
    saver = new StateSaver(project.handle, ({ notes }) => shown.push(notes));
  });
  afterEach(() => {
    saver.close();
    vi.useRealTimers();
  });

  it('saves in order', async () => {
    saver.save(add('a'));
    await saver.saved(add('b'));
    expect(project.state.notes).toBe('ab');
    expect(shown).toEqual([]);
  });

  it('shows what cannot be saved, and saves it once there is space', async () => {
    project.full = true;
    await saver.saved(add('a'));
    await saver.saved(add('b'));
    expect(project.state.notes).toBe('');
    expect(shown.at(-1)).toBe('ab');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(project.state.notes).toBe('');
    project.full = false;
    await vi.advanceTimersByTimeAsync(10_000);
    expect(project.state.notes).toBe('ab');
  });

  it('tries again at once when asked, and says why it cannot', async () => {
    project.full = true;
    await saver.saved(add('a'));
    await expect(saver.now()).rejects.toThrow('The disk is full.');
    project.full = false;
    await saver.now();
    expect(project.state.notes).toBe('a');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(project.state.notes).toBe('a');
  });
});
