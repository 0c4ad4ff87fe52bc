import { availableParallelism, homedir, totalmem } from 'node:os';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import { present } from '../../src-shared/contract/present.ts';
import { backendChoices, backendLabel } from './backends.ts';
import type { ServiceContext } from './context.ts';
import { changeSettings, forgetRecent, readSettings, recentProjects } from './settings-file.ts';

type AppCalls =
  'app:info' | 'app:backends' | 'app:settings' | 'app:change-settings' | 'app:recent' | 'app:forget-recent';

export function appHandlers(
  context: Pick<ServiceContext, 'version' | 'shell' | 'spawn'>,
): Pick<Handlers, AppCalls> {
  return {
    'app:info': async () => ({
      version: context.version,
      shell: context.shell,
      platform: process.platform,
      cores: availableParallelism(),
      memoryBytes: totalmem(),
      backendLabel: await backendLabel(await readSettings()),
      home: homedir(),
    }),
    'app:backends': () => backendChoices(context.spawn),
    'app:settings': () => readSettings(),
    'app:change-settings': (changes) => changeSettings(present(changes)),
    'app:recent': () => recentProjects(),
    'app:forget-recent': async ({ folder }) => {
      await forgetRecent(folder);
      return {};
    },
  };
}
