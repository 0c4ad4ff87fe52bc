/** Red, green and blue, 0 … 255. */
export type Rgb = readonly [number, number, number];

/** Viridis (Smith & van der Walt 2015, CC0): every 15th of its 256 colours; interpolation errs by 5 of 255 at most. */
const VIRIDIS =
  '440154 481769 472a7a 433d84 3d4e8a 355e8d 2e6d8e 297b8e 23898e 1f978b 21a585 2eb37c 46c06f 65cb5e 89d548 b0dd2f d8e219 fde725'
    .split(' ')
    .map((hex): Rgb => [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb);

/** Colour of `share` 0 (dark violet) … 1 (yellow) on the viridis scale; values outside are clipped, NaN is grey. */
export function viridis(share: number): Rgb {
  if (Number.isNaN(share)) return [191, 191, 191];
  const position = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const below = Math.min(Math.floor(position), VIRIDIS.length - 2);
  const [a, b] = [VIRIDIS[below]!, VIRIDIS[below + 1]!];
  const mix = (channel: 0 | 1 | 2): number =>
    Math.round(a[channel] + (position - below) * (b[channel] - a[channel]));
  return [mix(0), mix(1), mix(2)];
}

/** `#rrggbb`. */
export function hexOf(colour: Rgb): string {
  return `#${colour.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}
