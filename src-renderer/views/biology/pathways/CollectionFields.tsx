import { Button, IconButton } from '../../../components/Button.tsx';
import { Checkbox } from '../../../components/fields.tsx';
import { Note } from '../../../components/feedback.tsx';
import { useAction, useCall } from '../../../engine/use-call.ts';
import { useChooseFile } from '../../../lib/choose-file.ts';
import { counted } from '../../../lib/words.ts';
import { fileOf } from './pathways-draft.ts';

interface CollectionFieldsProps {
  readonly starter: boolean;
  /** Paths of .gmt files: of the project, and others. */
  readonly files: readonly string[];
  readonly onChange: (part: { readonly starter?: boolean; readonly files?: readonly string[] }) => void;
  readonly onEdit: () => void;
}

/** Which collections of gene sets are tested: SpaGene's own, those of the project, and files of the user. */
export function CollectionFields({ starter, files, onChange, onEdit }: CollectionFieldsProps) {
  const chooseFile = useChooseFile();
  const listed = useCall('gene-sets:list', {});
  const collections = listed.value ?? [];
  const others = files.filter((file) => !collections.some(({ path }) => path === file));
  const set = (path: string, on: boolean) =>
    onChange({ files: on ? [...files, path] : files.filter((file) => file !== path) });
  const add = useAction(async () => {
    const path = await chooseFile({ purpose: 'gene-sets', title: 'Choose a file of gene sets (.gmt)' });
    if (path !== null && !files.includes(path)) set(path, true);
  });
  return (
    <fieldset className="pathways-collections">
      <legend>Gene sets</legend>
      <Checkbox label="SpaGene starter sets" checked={starter} onChange={(on) => onChange({ starter: on })} />
      {collections.map(({ name, path, sets }) => (
        <Checkbox
          key={path}
          label={
            <>
              {name} <span className="muted small">{counted(sets, 'set')}</span>
            </>
          }
          checked={files.includes(path)}
          onChange={(on) => set(path, on)}
        />
      ))}
      {others.map((file) => (
        <div key={file} className="pathways-file" title={file}>
          <span>{fileOf(file)}</span>
          <IconButton icon="close" label={`Leave out ${fileOf(file)}`} onClick={() => set(file, false)} />
        </div>
      ))}
      {listed.error !== null && <Note kind="error">{listed.error}</Note>}
      <div className="pathways-buttons">
        <Button icon="plus" disabled={add.busy} onClick={() => add.run()}>
          Add a .gmt file
        </Button>
        <Button kind="quiet" icon="edit" onClick={onEdit}>
          Edit gene sets
        </Button>
      </div>
      <p className="field-hint">
        Reactome (reactome.org, CC0), Gene Ontology (geneontology.org, CC BY) and Hallmark (MSigDB,
        gsea-msigdb.org, free registration) are your own downloads as .gmt, under their licences.
      </p>
    </fieldset>
  );
}
