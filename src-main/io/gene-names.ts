/** How the genes of a matrix are named. */
export type GeneNaming = 'symbols' | 'ensembl' | 'mixed' | 'unknown';

const ensembl = /^ENS[A-Z]{0,4}[GT]\d{6,}(\.\d+)?$/;
// Upper-case (human) or title-case (mouse, rat) symbols; Riken clones; clone names such as AC012345.1 and CH507-9B2.2.
const symbol =
  /^([A-Z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*|\d{3,}[A-Z]\d+Rik|mt-[A-Za-z0-9]+|eRNA\d+|[a-z]{2,6}\d{0,3}[a-z]{0,2}\d?)$/;
const barcode = /^[ACGTN]{8,}([-_.#:]\w+)*$/;
const cellName =
  /^(\d+|c\d+|\d+x\d+|(cell|spot|barcode|bc|sample|obs|nucleus)[-_. ]?\d+\w*|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,}|[a-z]{8}-\d)$/i;

export function looksLikeEnsembl(name: string): boolean {
  return ensembl.test(name);
}

export function looksLikeGene(name: string): boolean {
  return ensembl.test(name) || (symbol.test(name) && !looksLikeCell(name)) || /^gene[-_ ]?\d+$/i.test(name);
}

export function looksLikeCell(name: string): boolean {
  if (/^[CX]\d+$/.test(name)) return false;
  return (
    barcode.test(name) ||
    barcode.test(name.replace(/^\w+[_:]/, '')) ||
    cellName.test(name) ||
    /^\w*\d{4,}_\w+$/.test(name)
  );
}

/** Share of names (of up to 500, spread over the list) for which `looks` holds. */
export function share(names: readonly string[], looks: (name: string) => boolean): number {
  const step = Math.max(1, Math.floor(names.length / 500));
  let seen = 0;
  let found = 0;
  for (let i = 0; i < names.length; i += step) {
    seen++;
    if (looks(names[i]!)) found++;
  }
  return seen === 0 ? 0 : found / seen;
}

/** Whether genes go by symbols or by Ensembl ids. */
export function geneNaming(names: readonly string[]): GeneNaming {
  const ids = share(names, looksLikeEnsembl);
  if (ids > 0.95) return 'ensembl';
  if (ids > 0.05) return 'mixed';
  return share(names, looksLikeGene) > 0.5 ? 'symbols' : 'unknown';
}
