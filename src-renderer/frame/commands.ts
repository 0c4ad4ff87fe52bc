import type { NavigationSlice, ViewName } from '../store/navigation.ts';
import { steps } from './steps.ts';

/** Something that can be found and done from anywhere. */
export interface Command {
  readonly id: string;
  readonly title: string;
  readonly hint?: string;
  readonly run: () => void;
}

export function viewCommands(goTo: (view: ViewName) => void): Command[] {
  return steps.map((step, i) => ({
    id: `view-${step.view}`,
    title: `Go to ${step.label}`,
    hint: `Ctrl+${i + 1}`,
    run: () => goTo(step.view),
  }));
}

/** Genes whose names begin with what is typed, then those that contain it. At most `limit`. */
export function geneCommands(
  genes: readonly string[],
  typed: string,
  goTo: NavigationSlice['goTo'],
  limit = 8,
): Command[] {
  const wanted = typed.trim().toUpperCase();
  if (wanted === '') return [];
  const begins: string[] = [];
  const contains: string[] = [];
  for (const gene of genes) {
    const at = gene.toUpperCase().indexOf(wanted);
    if (at === 0) begins.push(gene);
    else if (at > 0 && contains.length < limit) contains.push(gene);
  }
  begins.sort((a, b) => a.length - b.length || a.localeCompare(b));
  return [...begins, ...contains].slice(0, limit).map((gene) => ({
    id: `gene-${gene}`,
    title: gene,
    hint: 'Show on the map',
    run: () => goTo('map', { gene }),
  }));
}

/** Commands whose titles hold every word that is typed, in their order. */
export function matching(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/u).filter(Boolean);
  return commands.filter(({ title }) => words.every((word) => title.toLowerCase().includes(word)));
}
