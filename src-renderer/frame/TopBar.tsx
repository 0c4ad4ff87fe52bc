import { IconButton } from '../components/Button.tsx';
import { Icon, type IconName } from '../components/icons.tsx';
import { useEngine } from '../engine/context.ts';
import { useAction } from '../engine/use-call.ts';
import { useProject } from '../store/project.ts';
import { useApp } from '../store/store.ts';
import type { Theme } from '../theme/theme.ts';
import { ProjectMenu } from './ProjectMenu.tsx';

const nextTheme: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const themeIcons: Readonly<Record<Theme, IconName>> = { system: 'system', light: 'sun', dark: 'moon' };
const themeNames: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' };

/** Where am I, and what runs on what. */
export function TopBar() {
  const project = useProject();
  const info = useApp((state) => state.info);
  const setOverlay = useApp((state) => state.setOverlay);
  return (
    <header className="topbar">
      {project === null ? (
        <strong className="topbar-name">SpaGene Desktop</strong>
      ) : (
        <ProjectMenu project={project} />
      )}
      {project && (
        <div className="topbar-pair" title="Spatial data ⇄ reference">
          <span>{project.spatial?.name ?? 'no spatial data'}</span>
          <span aria-hidden="true">⇄</span>
          <span className="visually-hidden">with</span>
          <span>{project.reference?.name ?? 'no reference'}</span>
        </div>
      )}
      <div className="topbar-end">
        {info && (
          <span className="topbar-backend" title="What new jobs compute on">
            <span className="dot" aria-hidden="true" /> {info.backendLabel}
          </span>
        )}
        {project && (
          <button type="button" className="topbar-find" onClick={() => setOverlay('commands')}>
            <Icon name="search" size={16} />
            <span>Find</span>
            <kbd>{info?.platform === 'darwin' ? '⌘K' : 'Ctrl K'}</kbd>
          </button>
        )}
        <ThemeButton />
        <IconButton icon="help" label="Keyboard shortcuts (?)" onClick={() => setOverlay('shortcuts')} />
      </div>
    </header>
  );
}

function ThemeButton() {
  const engine = useEngine();
  const theme = useApp((state) => state.settings.theme);
  const setSettings = useApp((state) => state.setSettings);
  const change = useAction(async () =>
    setSettings(await engine.call('app:change-settings', { theme: nextTheme[theme] })),
  );
  const label = `Colours: ${themeNames[theme]}; change to ${themeNames[nextTheme[theme]]}`;
  return <IconButton icon={themeIcons[theme]} label={label} onClick={() => change.run()} />;
}
