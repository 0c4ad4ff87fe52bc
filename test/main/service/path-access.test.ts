import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { PathAccess } from '../../../src-main/service/context.ts';
import { pathAccess } from '../../../src-main/service/path-access.ts';
import { put, temporaryFolder } from '../project/support.ts';

const home = temporaryFolder();
const secret = put(join(home, 'secret', 'key.csv'), 'x');
const picked = join(home, 'picked');
put(join(picked, 'deep', 'a.csv'), 'x');
put(join(home, 'picked-not', 'a.csv'), 'x');
const project = join(home, 'project');
mkdirSync(project);

let access: PathAccess;
beforeEach(() => {
  access = pathAccess(() => [project, join(home, 'linked', 'data.csv')]);
  access.grant(picked);
});

test.each([
  ['the folder itself', picked],
  ['what lies deep in it', join(picked, 'deep', 'a.csv')],
  ['what is not there yet', join(picked, 'new', 'b.csv')],
  ['the way written with detours', join(picked, 'deep', '..', 'deep', 'a.csv')],
  ['the open project', join(project, 'runs', 'x')],
  ['data that the project links to', join(home, 'linked', 'data.csv')],
])('%s may be read', (_, path) => {
  expect(() => access.check(path)).not.toThrow();
});

test.each([
  ['what was never picked', secret],
  ['a way out', join(picked, '..', 'secret', 'key.csv')],
  ['a neighbour whose name begins the same', join(home, 'picked-not', 'a.csv')],
  ['the folder above', home],
  ['a neighbour of linked data', join(home, 'linked', 'other.csv')],
])('%s may not be read', (_, path) => {
  expect(() => access.check(path)).toThrow(/was not chosen by you in this window; choose it/);
});

test.each(['relative/a.csv', '', `${home}\0/a`])('%j is no full path', (path) => {
  expect(() => access.check(path)).toThrow(/is not a full path/);
});

test('a link out of a permitted folder opens nothing, and the sentence says where it leads', () => {
  symlinkSync(join(home, 'secret'), join(picked, 'out'));
  expect(() => access.check(join(picked, 'out', 'key.csv'))).toThrow(
    `${join(picked, 'out', 'key.csv')} (a link to ${secret}) was not chosen`,
  );
  expect(() => access.check(join(picked, 'out', 'new.csv'))).toThrow(/was not chosen/);
});

test('a link that leads nowhere is not taken for a new file', () => {
  symlinkSync(join(home, 'secret', 'not-yet'), join(picked, 'dangling'));
  expect(() => access.check(join(picked, 'dangling'))).toThrow(/leads nowhere/);
});

test('a picked link permits what it leads to, by both names', () => {
  symlinkSync(join(home, 'secret'), join(home, 'short'));
  access.grant(join(home, 'short'));
  access.check(join(home, 'short', 'key.csv'));
  access.check(secret);
});

test('permission goes with the project', () => {
  let open = [project];
  const changing = pathAccess(() => open);
  changing.check(join(project, 'a'));
  open = [];
  expect(() => changing.check(join(project, 'a'))).toThrow(/was not chosen/);
});
