import { randomBytes } from 'node:crypto';

/** A name that sorts by time and that two machines do not both give: `run-20261122-215500-3fa9`. */
export function newId(kind: string): string {
  const [date, time] = new Date().toISOString().slice(0, 19).replace(/[-:]/gu, '').split('T');
  return `${kind}-${date}-${time}-${randomBytes(2).toString('hex')}`;
}
