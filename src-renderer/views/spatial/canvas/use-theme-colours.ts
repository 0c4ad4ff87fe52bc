import { useEffect, useState } from 'react';
import type { Rgb } from '../../../../src-shared/plot/colour-scale.ts';

/** Colours of the theme that the canvas needs as numbers. */
export interface ThemeColours {
  readonly ground: Rgb;
  readonly missing: Rgb;
}

/** The canvas's ground and the colour of missing values; they follow the theme. */
export function useThemeColours(): ThemeColours {
  const [colours, setColours] = useState(readColours);
  useEffect(() => {
    const observer = new MutationObserver(() => setColours(readColours()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    return () => observer.disconnect();
  }, []);
  return colours;
}

function readColours(): ThemeColours {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string, other: Rgb): Rgb => {
    const hex = /^#([0-9a-f]{6})$/iu.exec(style.getPropertyValue(name).trim())?.[1];
    if (hex === undefined) return other;
    return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;
  };
  return { ground: read('--canvas', [247, 248, 249]), missing: read('--missing', [212, 216, 220]) };
}
