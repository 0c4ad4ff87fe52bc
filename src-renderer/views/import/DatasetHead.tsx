import type { ReactNode } from 'react';
import { nameOf } from '../../components/file-browser/listing.ts';

interface Props {
  readonly name: string;
  /** Its format and the like. */
  readonly about: string | undefined;
  readonly path: string;
  readonly actions: ReactNode;
}

/** What the data are called and where they lie. */
export function DatasetHead({ name, about, path, actions }: Props) {
  return (
    <header className="import-head">
      <div>
        <h3>{name === '' ? nameOf(path) : name}</h3>
        {about !== undefined && <p className="small muted">{about}</p>}
        <p className="small muted mono import-path" title={path}>
          {path}
        </p>
      </div>
      <div className="row">{actions}</div>
    </header>
  );
}
