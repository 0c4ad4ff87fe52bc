import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createProject } from '../../../src-main/project/create-project.ts';
import { OpenProject } from '../../../src-main/project/open-project.ts';
import { Random } from '../../../src-shared/maths/random.ts';
import { bundled, temporaryFolder } from './support.ts';

const home = temporaryFolder();

test('a process that is killed while it saves loses nothing that it had called saved', async () => {
  const program = await bundled(
    `import { OpenProject } from './src-main/project/open-project.ts';
     const project = await OpenProject.open(process.argv[2]);
     if (project.state.readOnly !== null) throw new Error(project.state.readOnly);
     const padding = 'x'.repeat(200_000);
     for (let i = project.state.view.count ?? 0; ; i++) {
       await project.change((state) => ({ ...state, view: { count: i + 1, padding } }));
       process.send(i + 1);
     }`,
    home,
    'saver',
  );
  const folder = join(home, 'project');
  await createProject(folder, 'Cortex');
  const random = new Random(1, 'kill');
  let least = 0;
  for (let round = 0; round < 8; round++) {
    const child = fork(program, [folder]);
    const ended = once(child, 'exit');
    child.on('message', (count: number) => (least = count));
    await once(child, 'message');
    await sleep(random.uniform() * 60);
    child.kill('SIGKILL');
    await ended;
    const project = await OpenProject.open(folder);
    expect(project.state.readOnly).toBeNull();
    expect(project.state.view['count']).toBeGreaterThanOrEqual(least);
    expect(project.state.view['padding']).toHaveLength(200_000);
    await project.close();
  }
  expect(least).toBeGreaterThan(8);
  const project = await OpenProject.open(folder);
  await project.change((state) => ({ ...state, name: 'last' }));
  await project.close();
  const usual = [
    'Cortex.spagene',
    'analyses',
    'datasets',
    'evaluations',
    'exports',
    'groups',
    'project.json',
    'project.json.bak',
    'runs',
  ];
  expect(readdirSync(folder).sort()).toEqual(usual);
});
