import type { Warning } from '../../src-shared/contract/errors.ts';
import type { Normalisation } from './scale.ts';

export type Domain = 'spatial' | 'reference';

/** What processing did to one file: how many genes and cells each step kept. Plain data, fit for JSON. */
export interface ProcessingReport {
  readonly domain: Domain;
  readonly file: string;
  readonly element: string;
  readonly settings: {
    readonly geneDensity: number;
    readonly cellDensity: number;
    readonly hvgCount: number;
    readonly clipSd: number | null;
    readonly normalisation: Normalisation;
    readonly libraryTarget: 'median' | number;
    readonly allGenes: boolean;
  };
  /** What the processed values are. */
  readonly units: string;
  readonly cells: { readonly inFile: number; readonly kept: number };
  readonly genes: {
    readonly inFile: number;
    /** Left out entirely, as if the file did not have them. */
    readonly excluded: number;
    /** Exempt from the density filter and the cut to the most variable. */
    readonly exempt: number;
    readonly afterDensity: number;
    /** How many were ranked by variability; 0 where nothing had to be cut. */
    readonly ranked: number;
    readonly kept: number;
  };
  readonly shared: {
    readonly matched: number;
    /** Whether shared genes were spared the filters: only while they are few. */
    readonly exempt: boolean;
    readonly kept: readonly string[];
    readonly lostToDensity: readonly string[];
    readonly lostToVariability: readonly string[];
  };
  readonly clipping: { readonly genesWithLimit: number; readonly valuesClipped: number };
  readonly warnings: readonly Warning[];
}
