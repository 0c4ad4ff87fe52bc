import type { Result } from '../../../src-shared/contract/handlers.ts';
import { Button, IconButton } from '../../components/Button.tsx';
import { Note, Waiting } from '../../components/feedback.tsx';
import { Icon } from '../../components/icons.tsx';
import type { Answer } from '../../engine/use-call.ts';
import { formatMoment } from '../../lib/moment.ts';

type Recent = Result<'app:recent'>[number];

interface Props {
  readonly recent: Answer<Recent[]>;
  readonly busy: boolean;
  readonly onOpen: (folder: string) => void;
  readonly onForget: (folder: string) => void;
}

export function RecentProjects({ recent, busy, onOpen, onForget }: Props) {
  const { value, error } = recent;
  return (
    <section className="start-recent" aria-labelledby="start-recent-title">
      <h2 id="start-recent-title">Recent projects</h2>
      {error !== null && (
        <Note kind="error" actions={<Button onClick={recent.again}>Try again</Button>}>
          {error}
        </Note>
      )}
      {value === null && error === null && <Waiting>Looking for recent projects</Waiting>}
      {value?.length === 0 && <p className="muted">Projects that you make or open are listed here.</p>}
      <ul>
        {value?.map((one) => (
          <RecentProject key={one.folder} project={one} busy={busy} onOpen={onOpen} onForget={onForget} />
        ))}
      </ul>
    </section>
  );
}

function RecentProject({
  project,
  busy,
  onOpen,
  onForget,
}: Omit<Props, 'recent'> & { readonly project: Recent }) {
  const { folder, name, opened, present } = project;
  const about = present ? formatMoment(opened) : 'The folder is not there: moved, or its disk taken away';
  const text = (
    <>
      <Icon name="folder" />
      <span className="start-recent-text">
        <strong>{name}</strong>
        <span className="small muted start-recent-folder" title={folder}>
          {folder}
        </span>
        <span className="small muted numeric">{about}</span>
      </span>
    </>
  );
  return (
    <li className={present ? undefined : 'is-missing'}>
      {present ? (
        <button type="button" className="start-recent-open" disabled={busy} onClick={() => onOpen(folder)}>
          {text}
        </button>
      ) : (
        <div className="start-recent-open">{text}</div>
      )}
      {present ? (
        <IconButton
          icon="close"
          label={`Forget ${name}; its folder stays`}
          onClick={() => onForget(folder)}
        />
      ) : (
        <Button kind="quiet" onClick={() => onForget(folder)}>
          Forget
        </Button>
      )}
    </li>
  );
}
