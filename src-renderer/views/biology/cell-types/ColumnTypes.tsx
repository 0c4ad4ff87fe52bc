import { useState } from 'react';
import { Select } from '../../../components/fields.tsx';
import { Note, Waiting } from '../../../components/feedback.tsx';
import { counted } from '../../../lib/words.ts';
import type { LabelOffer } from '../biology-context.ts';
import { useLabelVector } from '../use-label-vector.ts';
import { TypeMap } from './TypeMap.tsx';

interface ColumnTypesProps {
  /** Labels that came with the data. */
  readonly columns: readonly LabelOffer[];
  readonly first: LabelOffer;
}

/** Types that the data came with: nothing needs to be found. */
export function ColumnTypes({ columns, first }: ColumnTypesProps) {
  const [title, setTitle] = useState(first.title);
  const offer = columns.find((each) => each.title === title) ?? first;
  const vector = useLabelVector(offer.source, offer.title);
  return (
    <>
      <Note
        kind="ok"
        title={`The data came with labels: ${offer.title}, ${counted(offer.types.length, 'type')}`}
      >
        The other analyses can use them as they are. Find types here only to have others beside them.
      </Note>
      {vector === null ? (
        <Waiting>Reading {offer.title}</Waiting>
      ) : (
        <TypeMap
          key={title}
          vector={vector}
          what="column of the data"
          actions={
            columns.length > 1 && (
              <Select
                label="Column"
                hideLabel
                value={offer.title}
                options={columns.map((each) => ({ value: each.title, label: each.title }))}
                onChange={setTitle}
              />
            )
          }
        />
      )}
    </>
  );
}
