import { useState } from 'react';
import { useEngine } from '../../engine/context.ts';
import { useAction, useCall } from '../../engine/use-call.ts';
import { useChooseFile } from '../../lib/choose-file.ts';
import { useApp } from '../../store/store.ts';
import { defaultPlace } from './new-project.ts';
import { Start } from './Start.tsx';
import { useStart } from './use-start.ts';
import './start.css';

/** What is seen while no project is open. */
export function StartContainer() {
  const engine = useEngine();
  const choose = useChooseFile();
  const info = useApp((state) => state.info);
  const goTo = useApp((state) => state.goTo);
  const file = useApp((state) => state.target?.file);
  const start = useStart();
  const recent = useCall('app:recent', {});
  const [making, setMaking] = useState(false);
  const [place, setPlace] = useState<string | null>(null);
  const choosePlace = useAction(async () => {
    const path = await choose({ purpose: 'folder', title: 'Choose where the project’s folder is made' });
    if (path !== null) setPlace(path);
  });
  const forget = useAction(async (folder: string) => {
    await engine.call('app:forget-recent', { folder });
    recent.again();
  });
  // A data file that was dropped or opened from outside waits for its project.
  const withData = (path: string) => {
    start.clear();
    goTo('data', { file: path });
  };
  return (
    <Start
      start={start}
      recent={recent}
      onForget={forget.run}
      form={
        making || file !== undefined
          ? {
              place: place ?? (info === null ? '' : defaultPlace(info.home)),
              file,
              onPlace: () => choosePlace.run(),
              onCancel: () => {
                setMaking(false);
                goTo('data');
              },
            }
          : null
      }
      onNew={() => setMaking(true)}
      onWithData={withData}
    />
  );
}
