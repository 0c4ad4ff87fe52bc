import type { Anatomy } from './anatomy.ts';
import { cortex } from './cortex.ts';
import type { ScenarioName } from './options.ts';
import { tumour } from './tumour.ts';

export const scenarios: Readonly<Record<ScenarioName, Anatomy>> = { cortex, tumour };
