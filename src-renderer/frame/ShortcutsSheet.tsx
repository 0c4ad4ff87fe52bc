import { Dialog } from '../components/Dialog.tsx';

const groups: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    'Everywhere',
    [
      ['Ctrl+K', 'Find a gene, view or command'],
      ['Ctrl+1 … Ctrl+7', 'Go to a step'],
      ['?', 'This sheet'],
      ['Esc', 'Close what is open'],
    ],
  ],
  [
    'Map',
    [
      ['/', 'Search a gene'],
      ['Arrows', 'Move'],
      ['+ and −', 'Zoom'],
      ['0', 'Fit the tissue'],
      ['1 … 4', 'Choose a panel'],
      ['L', 'Lasso'],
      ['R', 'Rectangle'],
      ['Shift, Alt', 'While selecting: add, take away'],
      ['Ctrl+Z', 'Undo the selection'],
      ['Esc', 'Clear the selection'],
    ],
  ],
  ['Training', [['Space', 'Pause or resume the running job']]],
];

export function ShortcutsSheet({ onClose }: { readonly onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} wide>
      <div className="shortcuts">
        {groups.map(([title, keys]) => (
          <section key={title} aria-label={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([key, meaning]) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="muted small">On a Mac, use ⌘ in place of Ctrl.</p>
    </Dialog>
  );
}
