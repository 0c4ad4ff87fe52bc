import { Suspense, useRef, type KeyboardEvent } from 'react';
import type { RunRecord } from '../../../src-shared/domain/project.ts';
import { Select } from '../../components/fields.tsx';
import { Waiting } from '../../components/feedback.tsx';
import { ErrorBoundary } from '../../frame/ErrorBoundary.tsx';
import { nameOf } from '../../frame/job-bar/words.ts';
import { useBiology } from './biology-context.ts';
import { tabs } from './tabs.tsx';
import { showTab, useBiologyView } from './view-state.ts';

/** The run that is analysed, and the analyses as tabs. */
export function Biology({ runs }: { readonly runs: readonly RunRecord[] }) {
  const { run } = useBiology();
  const chosen = useBiologyView((view) => view.tab);
  const tab = tabs.find(({ id }) => id === chosen) ?? tabs[0]!;
  const { View } = tab;
  return (
    <div className="biology">
      <header className="biology-head">
        <h1>Biology</h1>
        <TabList chosen={tab.id} />
        <Select
          label="Result of"
          value={run.id}
          options={runs.map((each) => ({ value: each.id, label: nameOf(each) }))}
          onChange={(id) => useBiologyView.setState({ run: id })}
        />
      </header>
      <section
        id="biology-panel"
        className="biology-panel"
        role="tabpanel"
        aria-labelledby={`biology-tab-${tab.id}`}
      >
        {/* Another run has other analyses: nothing of the one before fits. */}
        <ErrorBoundary key={`${tab.id} ${run.id}`}>
          <Suspense fallback={<Waiting>Opening {tab.title}</Waiting>}>
            <View />
          </Suspense>
        </ErrorBoundary>
      </section>
    </div>
  );
}

/** Tabs by pointer or by arrow keys. */
function TabList({ chosen }: { readonly chosen: string }) {
  const list = useRef<HTMLDivElement>(null);
  const keys = (event: KeyboardEvent) => {
    const at = tabs.findIndex(({ id }) => id === chosen);
    const to = {
      ArrowRight: (at + 1) % tabs.length,
      ArrowLeft: (at + tabs.length - 1) % tabs.length,
      Home: 0,
      End: tabs.length - 1,
    }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    showTab(tabs[to]!.id);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to]?.focus();
  };
  return (
    <div ref={list} className="biology-tabs" role="tablist" aria-label="Analyses" onKeyDown={keys}>
      {tabs.map(({ id, title, about }) => (
        <button
          key={id}
          id={`biology-tab-${id}`}
          type="button"
          role="tab"
          aria-selected={id === chosen}
          aria-controls="biology-panel"
          tabIndex={id === chosen ? 0 : -1}
          title={about}
          onClick={() => showTab(id)}
        >
          {title}
        </button>
      ))}
    </div>
  );
}
