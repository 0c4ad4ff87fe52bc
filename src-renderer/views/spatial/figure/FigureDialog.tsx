import { useState } from 'react';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { Field, Segmented } from '../../../components/fields.tsx';
import { useAction } from '../../../engine/use-call.ts';
import { useProject } from '../../../store/project.ts';
import type { MapContext } from '../map-context.ts';
import { saveFile } from '../../../lib/save-file.ts';
import { figureOf, printCamera } from './figure-layout.ts';
import { toPng, toSvgBlob } from './to-canvas.ts';

type Format = 'png' | 'svg';
type Size = '1' | '2' | '4';

interface FigureDialogProps {
  readonly context: MapContext;
  readonly onClose: () => void;
}

/** Saves the map as it is seen, with title, legends and scale bar. */
export function FigureDialog({ context, onClose }: FigureDialogProps) {
  const project = useProject();
  const [format, setFormat] = useState<Format>('png');
  const [size, setSize] = useState<Size>('2');
  const [title, setTitle] = useState(project?.spatial?.name ?? '');
  const { width, height } = stageSize();
  const save = useAction(async () => {
    const figure = figureOf(context, figureCamera(context, width), title.trim(), width, height);
    const blob = await (format === 'png' ? toPng(figure, Number(size)) : toSvgBlob(figure, Number(size)));
    saveFile(`${fileName(context)}.${format}`, blob);
    onClose();
  });
  return (
    <Dialog
      title="Save a figure"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={save.busy} onClick={() => save.run()}>
            {save.busy ? 'Drawing' : 'Save'}
          </Button>
        </>
      }
    >
      <div className="spatial-figure">
        <Field label="Title">
          {({ id }) => (
            <input
              id={id}
              className="input"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
            />
          )}
        </Field>
        <Segmented
          label="Format"
          value={format}
          options={[
            { value: 'png', label: 'PNG' },
            { value: 'svg', label: 'SVG' },
          ]}
          onChange={setFormat}
        />
        <Segmented
          label="Size"
          value={size}
          options={(['1', '2', '4'] as const).map((value) => ({ value, label: `${value}×` }))}
          onChange={setSize}
        />
        <p className="muted small">
          {format === 'png'
            ? `${width * Number(size)} × ${height * Number(size)} pixels: the part that is seen, on white.`
            : 'Words, legends and up to 50,000 cells as vectors; more cells as a picture of the size chosen.'}
        </p>
      </div>
    </Dialog>
  );
}

function stageSize(): { readonly width: number; readonly height: number } {
  const stage = document.querySelector('.spatial-stage');
  return { width: stage?.clientWidth ?? 1000, height: stage?.clientHeight ?? 700 };
}

function figureCamera({ camera, states }: MapContext, width: number) {
  const seen = document.querySelector('.spatial-panel');
  const panel = seen?.clientWidth ?? width / Math.max(1, states.length);
  return printCamera(camera.get(), panel, seen?.clientHeight ?? panel);
}

function fileName({ states }: MapContext): string {
  const titles = [...new Set(states.map(({ title }) => title))].join('-');
  return `map-${titles}`.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 80);
}
