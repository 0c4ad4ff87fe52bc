/** Icons of 20 × 20, drawn with the text's colour. They never stand alone: a name is beside or behind them. */
const paths = {
  home: 'M3 9.5 10 4l7 5.5V16a1 1 0 0 1-1 1h-3.5v-4.5h-5V17H4a1 1 0 0 1-1-1z',
  data: 'M4 5.5C4 4.1 6.7 3 10 3s6 1.1 6 2.5S13.3 8 10 8 4 6.9 4 5.5zm0 0v9C4 15.9 6.7 17 10 17s6-1.1 6-2.5v-9M4 10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5',
  model: 'M4 5h6M14 5h2M4 10h2M10 10h6M4 15h8M16 15h0M12 3.2v3.6M8 8.2v3.6M14 13.2v3.6',
  train: 'M3 16.5h14M3 16.5V3.5M5.5 5c1.5 7 4 9 11 9.5',
  map: 'M6 6.2a1.6 1.6 0 1 0 0 .1zM13 5a1.6 1.6 0 1 0 0 .1zM16.5 10.5a1.6 1.6 0 1 0 0 .1zM10 10.5a1.6 1.6 0 1 0 0 .1zM5.5 14.5a1.6 1.6 0 1 0 0 .1zM13.5 15.5a1.6 1.6 0 1 0 0 .1z',
  quality: 'M4 16.5V9.5h2.5v7M8.8 16.5v-12h2.5v12M13.5 16.5V7H16v9.5M3 16.5h14',
  biology:
    'M10 3.2a3 3 0 0 1 3 3v0a3 3 0 1 1-6 0v0a3 3 0 0 1 3-3zM5.8 10.2a3 3 0 1 1-.1 6 3 3 0 0 1 .1-6zM14.2 10.2a3 3 0 1 1-.1 6 3 3 0 0 1 .1-6zM10 6.2h.01M5.8 13.2h.01M14.2 13.2h.01',
  export: 'M10 3v9.5M6.5 6.5 10 3l3.5 3.5M4 12v4a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-4',
  download: 'M10 3v9.5M6.5 9 10 12.5 13.5 9M4 13v3a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-3',
  search: 'M9 4a5 5 0 1 0 0 10A5 5 0 0 0 9 4zm3.6 8.6L17 17',
  sun: 'M10 6.8a3.2 3.2 0 1 0 0 6.4 3.2 3.2 0 0 0 0-6.4zM10 2.5v2M10 15.5v2M2.5 10h2M15.5 10h2M4.7 4.7l1.4 1.4M13.9 13.9l1.4 1.4M4.7 15.3l1.4-1.4M13.9 6.1l1.4-1.4',
  moon: 'M16 12.2A6.8 6.8 0 0 1 7.8 4a6.8 6.8 0 1 0 8.2 8.2z',
  system: 'M3.5 4.5h13v9h-13zM7.5 16.5h5M10 13.5v3',
  play: 'M6.5 4.5v11l9-5.5z',
  pause: 'M7 4.5v11M13 4.5v11',
  stop: 'M5.5 5.5h9v9h-9z',
  close: 'M5 5l10 10M15 5 5 15',
  up: 'M5 12.5 10 7.5l5 5',
  down: 'M5 7.5l5 5 5-5',
  left: 'M12.5 5 7.5 10l5 5',
  right: 'M7.5 5l5 5-5 5',
  folder: 'M3 5.5A1 1 0 0 1 4 4.5h4l2 2h6a1 1 0 0 1 1 1V15a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1z',
  copy: 'M7.5 7.5h9v9h-9zM12.5 7.5v-4h-9v9h4',
  file: 'M5.5 3h6L15 6.5V16a1 1 0 0 1-1 1H5.5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1zM11.5 3v3.5H15',
  warning: 'M10 3.5 17.5 16.5h-15zM10 8.5v4M10 14.4v.2',
  error: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 6.5v4.5M10 13.2v.2',
  info: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14zM10 9.2v4.3M10 6.6v.2',
  check: 'M4.5 10.5 8.5 14.5 15.5 6',
  undo: 'M7 4 3.5 7.5 7 11M3.5 7.5H12a4.5 4.5 0 0 1 0 9H8',
  help: 'M7.5 7.5a2.5 2.5 0 1 1 3.6 2.2c-.8.4-1.1.9-1.1 1.8M10 14.4v.2M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14z',
  plus: 'M10 4v12M4 10h12',
  minus: 'M4 10h12',
  trash:
    'M4 5.5h12M8 5.5V4h4v1.5M5.5 5.5 6.2 16a1 1 0 0 0 1 1h5.6a1 1 0 0 0 1-1l.7-10.5M8.5 8.5v5.5M11.5 8.5v5.5',
  more: 'M5 10v.1M10 10v.1M15 10v.1',
  reset: 'M4.5 9a6 6 0 1 1 .6 4M4.5 4.5V9H9',
  edit: 'M4 16l.8-3.4L13 4.4l2.6 2.6-8.2 8.2zM11.5 6l2.6 2.6',
  eye: 'M2.5 10C4.2 6.8 6.9 5 10 5s5.8 1.8 7.5 5c-1.7 3.2-4.4 5-7.5 5s-5.8-1.8-7.5-5zM10 7.6a2.4 2.4 0 1 0 0 4.8 2.4 2.4 0 0 0 0-4.8z',
  lasso: 'M10 4c-4 0-7 2-7 4.5S6 13 10 13s7-2 7-4.5S14 4 10 4zM5.5 12.2c-1 1.3-.6 3 .9 3.3 1.6.3 2.3 1 2.3 2',
  rectangle: 'M4 5.5h12v9H4z',
  fit: 'M4 7.5V4h3.5M16 7.5V4h-3.5M4 12.5V16h3.5M16 12.5V16h-3.5',
  layers: 'M10 3.5 17 7l-7 3.5L3 7zM3 10.5l7 3.5 7-3.5M3 14l7 3.5 7-3.5',
  split: 'M3.5 4.5h13v11h-13zM10 4.5v11',
  settings:
    'M10 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM10 2.8v2.4M10 14.8v2.4M2.8 10h2.4M14.8 10h2.4M4.9 4.9l1.7 1.7M13.4 13.4l1.7 1.7M4.9 15.1l1.7-1.7M13.4 6.6l1.7-1.7',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      className="icon"
      width={size}
      height={size}
      viewBox="0 0 20 20"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
    >
      <path d={paths[name]} />
    </svg>
  );
}
