import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OpenProject } from '../../../src-main/project/open-project.ts';
import { isThere, json, projectDesk, put, refusal } from './support.ts';

const { home, reopen, newProject } = projectDesk();
let made = 0;

describe('damage', () => {
  test.each([
    ['{"format":"spagene-pro', /is damaged \(it is not complete JSON\)/],
    ['', /is damaged \(it is empty\)/],
    ['{"format":"spagene-project","formatVersion":1,"name":5}', /is damaged \(name: /],
  ])('%j: the error names the copy, and the copy opens when asked for', async (text, sentence) => {
    const project = await newProject();
    await project.change((state) => ({ ...state, notes: 'the last good one' }));
    await project.close();
    const path = join(project.folder, 'project.json');
    writeFileSync(path, text);
    const error = await refusal(OpenProject.open(project.folder));
    expect(error.message).toMatch(sentence);
    expect(error.message).toMatch(/Open project\.json\.bak in the same folder/);
    expect(error.place).toEqual({ file: path, element: 'project.json.bak' });
    // Nothing happened by itself.
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect(isThere(join(project.folder, '.lock'))).toBe(false);
    const saved = await reopen(join(project.folder, 'project.json.bak'));
    expect(saved.state).toMatchObject({ notes: 'the last good one', folder: project.folder, readOnly: null });
    expect(readFileSync(`${path}.damaged`, 'utf8')).toBe(text);
    expect(json(project.folder)['notes']).toBe('the last good one');
  });

  test('a missing project.json is told like a damaged one', async () => {
    const project = await newProject();
    await project.change((state) => ({ ...state, notes: 'n' }));
    await project.close();
    rmSync(join(project.folder, 'project.json'));
    expect((await refusal(OpenProject.open(project.folder))).place.element).toBe('project.json.bak');
  });

  test('without a good copy the sentence offers none', async () => {
    const closing = await newProject();
    const { folder } = closing;
    await closing.close();
    writeFileSync(join(folder, 'project.json'), '{');
    writeFileSync(join(folder, 'project.json.bak'), '{');
    const error = await refusal(OpenProject.open(folder));
    expect(error.message).toMatch(/there is no good copy/);
    expect(error.place.element).toBeUndefined();
  });

  test.each([
    [
      'a folder without a project',
      (at: string) => mkdirSync(at),
      /is not a project: it holds no project\.json/,
    ],
    ['a path that is not there', () => undefined, /is not there \(any more\)/],
    [
      'another program’s project.json',
      (at: string) => put(join(at, 'project.json'), '{"name":"npm"}'),
      /not a project of SpaGene/,
    ],
    [
      'a project of a newer program',
      (at: string) => put(join(at, 'project.json'), '{"format":"spagene-project","formatVersion":99}'),
      /saved by a newer SpaGene \(project format 99; this one knows formats up to 2\)\. Update/,
    ],
  ])('%s', async (_, prepare, sentence) => {
    const at = join(home, `bad-${made++}`);
    prepare(at);
    expect((await refusal(OpenProject.open(at))).message).toMatch(sentence);
  });
});
