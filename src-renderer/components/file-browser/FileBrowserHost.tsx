import { Suspense, lazy, useEffect } from 'react';
import { useAsked } from './file-question.ts';

const FileBrowserContainer = lazy(async () => ({
  default: (await import('./FileBrowserContainer.tsx')).FileBrowserContainer,
}));

/** Where the page's own file dialog appears when something asks for a path. */
export function FileBrowserHost() {
  const asked = useAsked((state) => state.asked);
  useEffect(keepPage, []);
  if (asked === null) return null;
  return (
    <Suspense>
      <FileBrowserContainer key={asked.question.title} question={asked.question} onAnswer={asked.answer} />
    </Suspense>
  );
}

/** Without this, a file that is dropped beside a drop zone takes the place of the page. */
function keepPage(): () => void {
  const prevent = (event: DragEvent) => event.preventDefault();
  addEventListener('dragover', prevent);
  addEventListener('drop', prevent);
  return () => {
    removeEventListener('dragover', prevent);
    removeEventListener('drop', prevent);
  };
}
