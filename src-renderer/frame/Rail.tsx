import { Icon } from '../components/icons.tsx';
import { useProject } from '../store/project.ts';
import { useApp } from '../store/store.ts';
import { steps } from './steps.ts';

/** The steps of the work. A step that is not ready says what it waits for; its view leads there. */
export function Rail() {
  const project = useProject();
  const view = useApp((state) => state.view);
  const goTo = useApp((state) => state.goTo);
  if (project === null) return null;
  return (
    <nav className="rail" aria-label="Steps">
      {steps.map((step, i) => {
        const waiting = step.waitsFor(project);
        return (
          <button
            key={step.view}
            type="button"
            className={`rail-step${waiting ? ' is-waiting' : ''}`}
            aria-current={step.view === view ? 'page' : undefined}
            title={`${waiting?.what ?? step.about} (Ctrl+${i + 1})`}
            onClick={() => goTo(step.view)}
          >
            <Icon name={step.icon} />
            <span>{step.label}</span>
            {waiting && <span className="visually-hidden">{waiting.what}</span>}
          </button>
        );
      })}
    </nav>
  );
}
