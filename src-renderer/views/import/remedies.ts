import { nameOf } from '../../components/file-browser/listing.ts';

/** What a user can do at once about a warning. */
export type Remedy = 'matrix' | 'positions' | 'data' | 'none';

const remedies: Readonly<Record<string, Remedy>> = {
  'no-main-matrix': 'matrix',
  'several-genomes': 'matrix',
  negative: 'matrix',
  'log-values': 'matrix',
  'normalised-values': 'matrix',
  'not-finite': 'matrix',
  'all-zero': 'matrix',
  empty: 'matrix',
  'no-positions': 'positions',
  'no-positions-file': 'positions',
  'no-coordinates': 'positions',
  'cells-without-position': 'positions',
  'several-slides': 'data',
  'visium-hd-bin': 'data',
  'few-genes': 'data',
  'maybe-turned': 'data',
};

/** What helps against the warning with this code; undefined where only the data themselves can be mended. */
export function remedyOf(code: string): Remedy | undefined {
  return remedies[code];
}

/** A message without the path that it begins with; further mentions of paths become names. */
export function withoutPath(message: string, paths: readonly string[]): string {
  return paths.reduce((text, path) => {
    const rest = text.startsWith(path) ? text.slice(path.length).replace(/^(?: \([^)]*\))?: /u, '') : text;
    const begun = rest.length < text.length - path.length;
    return (begun ? capitalised(rest) : text).replaceAll(path, nameOf(path));
  }, message);
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
