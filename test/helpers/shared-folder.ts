import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Real data and golden numbers beside the repository; tests that need them say so and skip without. */
export const sharedFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'shared');

export const hasFixtures = existsSync(join(sharedFolder, 'fixtures'));
export const hasData = existsSync(join(sharedFolder, 'data'));

/** Appended to the names of tests, so that a skipped one says why. */
export const needsFixtures = '(needs ../shared/fixtures)';
export const needsData = '(needs ../shared/data)';

/** A matrix or vector of the golden numbers. */
export interface Golden {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller states the shape
export function readFixture<T>(name: string): T {
  return JSON.parse(readFileSync(join(sharedFolder, 'fixtures', `${name}.json`), 'utf8')) as T;
}
