/** The page's only script: buttons that save a figure, and tables that sort. The page is whole without it. */
export const SCRIPT = `
'use strict';
function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
function button(label, action) {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = label;
  made.addEventListener('click', action);
  return made;
}
for (const figure of document.querySelectorAll('figure')) {
  const svg = figure.querySelector('svg');
  const name = figure.dataset.name;
  const source = () => new XMLSerializer().serializeToString(svg);
  const row = document.createElement('div');
  row.className = 'buttons';
  row.append(
    button('Save as SVG', () => save(new Blob([source()], { type: 'image/svg+xml' }), name + '.svg')),
    button('Save as PNG', () => {
      const image = new Image();
      image.onload = () => {
        const canvas = document.createElement('canvas');
        canvas.width = 3 * svg.viewBox.baseVal.width;
        canvas.height = 3 * svg.viewBox.baseVal.height;
        canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob((blob) => save(blob, name + '.png'), 'image/png');
      };
      image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(source());
    }),
  );
  figure.append(row);
}
for (const table of document.querySelectorAll('table.sortable')) {
  const heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    const key = (row) => {
      const cell = row.cells[column];
      return 'value' in cell.dataset ? Number(cell.dataset.value) : cell.textContent;
    };
    const compare = (a, b) =>
      typeof a === 'number' && typeof b === 'number' ? a - b
        : typeof a === 'number' ? -1 : typeof b === 'number' ? 1 : a.localeCompare(b);
    const sort = () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach((other) => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const rows = [...table.tBodies[0].rows].sort((a, b) => (down ? -1 : 1) * compare(key(a), key(b)));
      table.tBodies[0].append(...rows);
    };
    const made = button(head.textContent, sort);
    head.replaceChildren(made);
  });
}
`;
