import { below } from '../../components/file-browser/listing.ts';

/** Where projects are kept unless the user says otherwise. */
export function defaultPlace(home: string): string {
  return below(home, 'SpaGene projects');
}

/** A name as a folder can be called on every system; "project" of what has no usable sign. */
export function folderName(name: string): string {
  const kept = name
    .trim()
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, '-')
    .replace(/^[.\s-]+|[.\s-]+$/gu, '')
    .slice(0, 80)
    .trim();
  // Names that Windows keeps for its devices.
  return kept === '' || /^(?:con|prn|aux|nul|com\d|lpt\d)$/iu.test(kept) ? 'project' : kept;
}

/** The folder that a new project of this name gets. */
export function projectFolder(place: string, name: string): string {
  return below(place, folderName(name));
}
