import type { DatasetRole } from '../../../src-shared/domain/project.ts';
import { Button } from '../../components/Button.tsx';
import { DropZone } from '../../components/file-browser/DropZone.tsx';
import { Icon } from '../../components/icons.tsx';
import { roleWords } from './words.ts';

interface Props {
  readonly role: DatasetRole;
  readonly primary: boolean;
  /** Why data cannot be chosen now. */
  readonly blocked: string | undefined;
  readonly onFile: () => void;
  readonly onFolder: () => void;
  readonly onPath: (path: string) => void;
}

const formats: Readonly<Record<DatasetRole, string>> = {
  spatial:
    'A folder of Xenium, CosMx, MERSCOPE, Visium or Visium HD, or a file: h5ad, loom, 10x h5 or mtx, or a CSV table of cells × genes with a table of positions.',
  reference: 'h5ad, loom, 10x h5, a 10x mtx folder, or a CSV table of cells × genes. Raw counts work best.',
};

/** Nothing chosen yet: what belongs here, and how to choose it. */
export function EmptyDataset({ role, primary, blocked, onFile, onFolder, onPath }: Props) {
  return (
    <DropZone
      label={`Drop the ${roleWords[role].title.toLowerCase()} here`}
      question={{ purpose: 'dataset-file', title: `Choose the ${roleWords[role].title.toLowerCase()}` }}
      onPath={onPath}
      disabled={blocked !== undefined}
    >
      <Icon name={role === 'spatial' ? 'map' : 'data'} size={32} />
      <p>Drop a file or folder here, or choose one</p>
      <div className="row">
        <Button kind={primary ? 'primary' : 'plain'} icon="file" blocked={blocked} onClick={onFile}>
          Choose file
        </Button>
        <Button icon="folder" blocked={blocked} onClick={onFolder}>
          Choose folder
        </Button>
      </div>
      <p className="small muted import-formats">{formats[role]}</p>
    </DropZone>
  );
}
