import type { Result } from '../../../src-shared/contract/handlers.ts';
import { Button } from '../../components/Button.tsx';
import { Note, ProgressBar } from '../../components/feedback.tsx';
import { DropZone } from '../../components/file-browser/DropZone.tsx';
import { Icon } from '../../components/icons.tsx';
import type { Answer } from '../../engine/use-call.ts';
import { looksLikeData } from './looks-like-data.ts';
import { NewProject, type NewProjectForm } from './NewProject.tsx';
import { RecentProjects } from './RecentProjects.tsx';
import type { Start as StartState } from './use-start.ts';

interface Props {
  readonly start: StartState;
  readonly recent: Answer<Result<'app:recent'>>;
  readonly onForget: (folder: string) => void;
  /** The form of a new project; null when it is not shown. */
  readonly form: NewProjectForm | null;
  readonly onNew: () => void;
  /** Begins a project with these data. */
  readonly onWithData: (path: string) => void;
}

export function Start({ start, recent, onForget, form, onNew, onWithData }: Props) {
  return (
    <div className="start">
      <div className="start-main">
        <header>
          <h1>See the genes that your spatial assay did not measure</h1>
          <p className="muted">
            SpaGene learns from single-cell data of the same tissue how genes go together, predicts the
            missing ones for every cell on your slide, and says how far each of them can be trusted.
          </p>
        </header>
        {form === null ? <Ways start={start} onNew={onNew} /> : <NewProject form={form} start={start} />}
        <Progress words={start.busy} />
        {start.problem !== null && <Trouble problem={start.problem} onWithData={onWithData} />}
        <DropZone
          label="Drop a project or data"
          question={{ purpose: 'dataset-file', title: 'Choose a project or data' }}
          onPath={(path) => (looksLikeData(path) ? onWithData(path) : start.open(path))}
        >
          <Icon name="folder" size={24} />
          <p className="muted">Or drop a project’s folder here, or the data to begin one with</p>
        </DropZone>
      </div>
      <RecentProjects recent={recent} busy={start.busy !== null} onOpen={start.open} onForget={onForget} />
      <Needs />
    </div>
  );
}

function Ways({ start, onNew }: Pick<Props, 'start' | 'onNew'>) {
  const blocked = start.busy === null ? undefined : `${start.busy} …`;
  return (
    <div className="start-ways">
      <Button kind="primary" icon="play" blocked={blocked} onClick={() => start.example('cortex')}>
        Try the example
      </Button>
      <Button icon="play" blocked={blocked} onClick={() => start.example('tumour')}>
        Try a tumour
      </Button>
      <Button icon="plus" blocked={blocked} onClick={onNew}>
        New project
      </Button>
      <Button icon="folder" blocked={blocked} onClick={start.find}>
        Open project
      </Button>
      <p className="small muted">
        The examples are simulated, so their truth is known: a cortex in layers, and a tumour with niches and
        a pathway to be found. They need no file and are there in seconds.
      </p>
    </div>
  );
}

/** Keeps its place, so that nothing jumps when work begins and ends. */
function Progress({ words }: { readonly words: string | null }) {
  return (
    <div className="start-progress" role="status">
      {words !== null && (
        <>
          <span className="small">{words} …</span>
          <ProgressBar share={null} label={words} />
        </>
      )}
    </div>
  );
}

function Trouble({
  problem,
  onWithData,
}: {
  readonly problem: NonNullable<StartState['problem']>;
  readonly onWithData: (path: string) => void;
}) {
  const { path } = problem;
  return (
    <Note
      kind="error"
      actions={
        path !== undefined && (
          <Button onClick={() => onWithData(path)}>Begin a project with these data</Button>
        )
      }
    >
      {problem.message}
    </Note>
  );
}

const needs = [
  [
    'Spatial data',
    'Cells or spots with counts and positions: a folder of Xenium, CosMx, MERSCOPE, Visium or Visium HD, or an h5ad, loom, 10x or CSV file.',
  ],
  [
    'A single-cell reference',
    'Single cells or nuclei of the same tissue and species with raw counts, and if you have them their cell types.',
  ],
  [
    'Nothing else',
    'All is computed on this machine and no data leave it. A graphics card helps and is not needed.',
  ],
] as const;

function Needs() {
  return (
    <dl className="start-needs">
      {needs.map(([title, text]) => (
        <div key={title}>
          <dt>{title}</dt>
          <dd className="muted">{text}</dd>
        </div>
      ))}
    </dl>
  );
}
