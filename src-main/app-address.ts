import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The page has an address of its own instead of file://, so that it is an origin and can read no other file. */
export const scheme = 'app';
const host = 'spagene';
export const pageAddress = `${scheme}://${host}/`;

/** Whether an address is of our own page. */
export function isOwnAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  const plain = url.port === '' && url.username === '' && url.password === '';
  return url.protocol === `${scheme}:` && url.host === host && plain;
}

/** dist/, also when this runs from the sources. */
export function distFolder(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  return basename(here) === 'src-main' ? join(dirname(here), 'dist') : here;
}
