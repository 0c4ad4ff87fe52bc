import { z } from 'zod';

/** What one panel of the map shows. */
export const panelContent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('gene'),
    gene: z.string(),
    layer: z.enum(['measured', 'imputed', 'difference']),
  }),
  z.object({
    kind: z.literal('rgb'),
    genes: z.array(z.string()).min(1).max(3),
    layer: z.enum(['measured', 'imputed']),
  }),
  z.object({ kind: z.literal('column'), name: z.string() }),
]);
export type PanelContent = z.infer<typeof panelContent>;
export type GeneLayer = Extract<PanelContent, { kind: 'gene' }>['layer'];

/** Ready-made arrangements. */
export const ARRANGEMENTS = ['one', 'compare', 'compare-difference', 'four', 'rgb', 'categories'] as const;
export type Arrangement = (typeof ARRANGEMENTS)[number];

export const ARRANGEMENT_LABELS: Readonly<Record<Arrangement, string>> = {
  one: 'One map',
  compare: 'Measured beside imputed',
  'compare-difference': 'Measured, imputed and difference',
  four: 'Four genes',
  rgb: 'Genes as red, green, blue',
  categories: 'Gene beside categories',
};

export interface ArrangementInput {
  readonly gene: string;
  /** Genes to fill further panels with, the one above among them. */
  readonly genes: readonly string[];
  readonly isMeasured: boolean;
  readonly isImputed: boolean;
  /** Column of categories to show; undefined when there is none. */
  readonly column: string | undefined;
}

/** The panels of an arrangement; one that has nothing to show is left out. */
export function arranged(arrangement: Arrangement, input: ArrangementInput): PanelContent[] {
  const { gene, isMeasured, isImputed, column } = input;
  const others = input.genes.filter((name) => name !== gene);
  const usual: GeneLayer = isMeasured ? 'measured' : 'imputed';
  const of = (layer: GeneLayer, name = gene): PanelContent => ({ kind: 'gene', gene: name, layer });
  switch (arrangement) {
    case 'one':
      return [of(usual)];
    case 'compare':
      return isImputed ? [of('measured'), of('imputed')] : [of('measured')];
    case 'compare-difference':
      return isImputed && isMeasured
        ? [of('measured'), of('imputed'), of('difference')]
        : arranged('compare', input);
    case 'four':
      return [gene, ...others].slice(0, 4).map((name) => of(usual, name));
    case 'rgb':
      return [
        { kind: 'rgb', genes: [gene, ...others].slice(0, 3), layer: isMeasured ? 'measured' : 'imputed' },
      ];
    case 'categories':
      return column === undefined ? [of(usual)] : [of(usual), { kind: 'column', name: column }];
  }
}

/** Another gene in the focused panel, and in every other one that shows the same gene: a comparison stays one. */
export function withGene(panels: readonly PanelContent[], focus: number, gene: string): PanelContent[] {
  const focused = panels[focus];
  if (focused?.kind === 'column') {
    const at = panels.findIndex(({ kind }) => kind === 'gene');
    return at >= 0
      ? withGene(panels, at, gene)
      : panels.map((panel, i) => (i === focus ? { kind: 'gene', gene, layer: 'measured' } : panel));
  }
  return panels.map((panel, i) => {
    if (panel.kind === 'gene' && focused?.kind === 'gene' && panel.gene === focused.gene)
      return { ...panel, gene };
    if (panel.kind === 'rgb' && i === focus) return { ...panel, genes: [gene, ...panel.genes.slice(1)] };
    return panel;
  });
}

/** Genes that a list of panels shows, each once. */
export function genesOf(panels: readonly PanelContent[]): string[] {
  const all = panels.flatMap((panel) =>
    panel.kind === 'gene' ? [panel.gene] : panel.kind === 'rgb' ? panel.genes : [],
  );
  return [...new Set(all)];
}
