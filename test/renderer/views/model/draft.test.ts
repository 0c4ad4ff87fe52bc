import { describe, expect, it } from 'vitest';
import {
  draftFrom,
  fromRun,
  newDraft,
  problemOf,
  requestOf,
  valueOf,
  withPreset,
  withValue,
} from '../../../../src-renderer/views/model/draft.ts';
import { begin, redo, step, undo } from '../../../../src-renderer/views/model/history.ts';
import { runRequest } from '../../../../src-shared/contract/calls/job.ts';
import { aRun } from '../../helpers/records.ts';

describe('the draft of a run', () => {
  it('asks for the preset as it is when nothing was touched', () => {
    expect(requestOf(newDraft())).toEqual({
      preset: 'recommended',
      parameters: {},
      seed: 1,
      genes: [],
      counts: false,
      backend: 'auto',
    });
  });

  it('holds only what differs from the preset', () => {
    const changed = withValue(newDraft('paper'), 'lambda.cycle', 2);
    expect(requestOf(changed).parameters).toEqual({ 'lambda.cycle': 2 });
    expect(withValue(changed, 'lambda.cycle', 6).changes).toEqual({});
    expect(valueOf(changed, 'lambda.identity')).toBe(10);
    expect(withPreset(changed, 'recommended').changes).toEqual({});
  });

  it('compares widths by their numbers', () => {
    expect(withValue(newDraft(), 'network.encoder', [256, 128]).changes).toEqual({});
    expect(withValue(newDraft(), 'network.encoder', [128]).changes).toEqual({ 'network.encoder': [128] });
  });

  it('says which setting cannot be', () => {
    expect(problemOf(withValue(newDraft(), 'lambda.cycle', -1))).toBe(
      'Cycle (λ cycle) must be a number from 0 to 1000.',
    );
    expect(problemOf({ ...newDraft(), seed: 1.5 })).toMatch(/seed must be a whole number/u);
    expect(problemOf({ ...newDraft(), genes: 'list', geneList: ' , ' })).toMatch(/at least one gene/u);
    expect(problemOf(newDraft())).toBeUndefined();
  });

  it('reads pasted gene names however they are separated', () => {
    const draft = { ...newDraft(), genes: 'list' as const, geneList: 'Gad1, Sst;Vip\nGad1\tPvalb' };
    expect(requestOf(draft).genes).toEqual(['Gad1', 'Sst', 'Vip', 'Pvalb']);
    expect(requestOf({ ...draft, genes: 'all' }).genes).toBe('all');
  });

  it('takes the settings of an earlier run, and makes a request of the contract', () => {
    const run = aRun({ preset: 'paper', seed: 7, parameters: { 'lambda.cycle': 2, 'lambda.identity': 10 } });
    const draft = fromRun({ ...newDraft(), name: 'mine' }, run);
    expect(draft).toMatchObject({ preset: 'paper', seed: 7, name: '', changes: { 'lambda.cycle': 2 } });
    expect(runRequest.safeParse(requestOf(draft)).success).toBe(true);
  });

  it('forgets a kept draft that this version cannot read', () => {
    const draft = withValue(newDraft(), 'lambda.cycle', 3);
    expect(draftFrom(JSON.parse(JSON.stringify(draft)))).toEqual(draft);
    for (const kept of [null, 3, { preset: 'gone' }, { changes: { 'lambda.other': 1 } }, { seed: 'one' }]) {
      expect(draftFrom(kept)).toBeUndefined();
    }
  });
});

describe('undo', () => {
  it('goes back and forth, and a dragged slider is one step', () => {
    let history = begin(0);
    history = step(history, 1, 'a');
    history = step(history, 2, 'a');
    history = step(history, 3, 'b');
    expect(undo(history).present).toBe(2);
    expect(undo(undo(history)).present).toBe(0);
    expect(undo(undo(undo(history))).present).toBe(0);
    expect(redo(undo(history)).present).toBe(3);
    expect(redo(step(undo(history), 9)).present).toBe(9);
  });
});
