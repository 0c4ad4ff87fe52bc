import type { EvaluatedMethod } from '../domain/evaluation.ts';

/** Okabe & Ito's colours (2008), told apart with every common colour-blindness. */
export const OKABE_ITO = {
  black: '#000000',
  orange: '#E69F00',
  sky: '#56B4E9',
  green: '#009E73',
  yellow: '#F0E442',
  blue: '#0072B2',
  vermillion: '#D55E00',
  purple: '#CC79A7',
} as const;

/** Warm for SpaGene, cool for peers, grey for floors: the kind is seen before the method. */
const HUES: Readonly<Record<EvaluatedMethod['kind'], readonly string[]>> = {
  spagene: [OKABE_ITO.vermillion, OKABE_ITO.orange, '#B98A5A'],
  peer: [OKABE_ITO.blue, OKABE_ITO.sky, OKABE_ITO.green, OKABE_ITO.purple],
  floor: ['#5E5E5E', '#7D7D7D', '#9C9C9C', '#B8B8B8'],
};

/** Colour of each method by name; the same method keeps its colour in every figure of a report. */
export function methodColours(
  methods: readonly Pick<EvaluatedMethod, 'name' | 'kind'>[],
): ReadonlyMap<string, string> {
  const used = { spagene: 0, peer: 0, floor: 0 };
  return new Map(
    methods.map(({ name, kind }) => {
      const hues = HUES[kind];
      return [name, hues[used[kind]++ % hues.length]!];
    }),
  );
}

/** The colour mixed with white: `share` 1 is the colour itself, 0 white. */
export function tint(hex: string, share: number): string {
  const channels = [1, 3, 5].map((at) => {
    const channel = parseInt(hex.slice(at, at + 2), 16);
    return Math.round(255 + (channel - 255) * share);
  });
  return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
