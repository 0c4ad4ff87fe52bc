import type { MapContext } from '../map-context.ts';
import { ColourSettings } from './ColourSettings.tsx';
import { PanelList } from './PanelList.tsx';
import { SelectionSummary } from './SelectionSummary.tsx';

/** What is shown, how it is coloured, and what is selected. */
export function Inspector({ context }: { readonly context: MapContext }) {
  return (
    <aside className="spatial-inspector" aria-label="Inspector of the map">
      <SelectionSummary context={context} />
      <PanelList context={context} />
      <ColourSettings context={context} />
    </aside>
  );
}
