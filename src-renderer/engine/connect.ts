import type { ProjectState } from '../../src-shared/domain/project.ts';
import { applyTheme } from '../theme/theme.ts';
import { savedView, saveView } from '../lib/save-view.ts';
import { VIEWS } from '../store/navigation.ts';
import { useApp, type AppState } from '../store/store.ts';
import type { EngineClient } from './client.ts';
import { followHost } from './host-events.ts';
import { messageOf } from './message-of.ts';

/** Fills the store from the engine, and keeps it up to date. @returns ends it */
export function connectStore(client: EngineClient): () => void {
  const app = useApp.getState;
  let unfollow: () => void = () => undefined;
  const ask = async () => {
    const [info, settings, { project }] = await Promise.all([
      client.call('app:info', {}),
      client.call('app:settings', {}),
      client.call('project:current', {}),
    ]);
    app().setInfo(info);
    app().setSettings(settings);
    app().setProject(project);
  };
  const refresh = () => {
    ask().catch((error: unknown) => app().notify({ kind: 'error', message: messageOf(error) }));
  };
  const stops = [
    client.on('project:changed', ({ project }) => {
      const before = app().project;
      app().setProject(project);
      if (before !== null && project === null) sayClosed(client, before);
    }),
    client.on('job:progress', (progress) => app().setProgress(progress)),
    client.on('engine:restarted', ({ message }) => {
      app().notify({ kind: 'error', message });
      refresh();
    }),
    client.onResync(refresh),
    followHost(client),
    useApp.subscribe((state, before) => followStep(client, state, before)),
    useApp.subscribe((state, before) => {
      if (state.settings.theme === before.settings.theme) return;
      unfollow();
      unfollow = applyTheme(state.settings.theme);
    }),
  ];
  unfollow = applyTheme(app().settings.theme);
  refresh();
  return () => {
    for (const stop of stops) stop();
    unfollow();
  };
}

/** A project opens at the step where it was left, a new one at the first; unless something was asked for. */
function followStep(client: EngineClient, state: AppState, before: AppState): void {
  const { project, view, target, goTo } = state;
  if (project === null) return;
  if (project.folder !== before.project?.folder) {
    if (target === null) goTo(VIEWS.find((name) => name === savedView('step')) ?? VIEWS[0]);
  } else if (view !== before.view) saveView(client, 'step', view);
}

/** Here or in another window: says what became of a running job, and how to come back. */
function sayClosed(client: EngineClient, { name, folder, runs, evaluations }: ProjectState): void {
  const running = [...runs, ...evaluations].find(({ state }) => state === 'running');
  const paused = running
    ? ` ${running.name} is paused, and goes on when you open it again and press Resume.`
    : '';
  const { notify, setProject } = useApp.getState();
  const open = () => {
    client
      .call('project:open', { folder })
      .then(setProject, (error: unknown) => notify({ kind: 'error', message: messageOf(error) }));
  };
  notify({
    kind: 'info',
    message: `${name} was closed.${paused}`,
    action: { label: 'Open again', run: open },
  });
}
