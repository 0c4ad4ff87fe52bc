import { describe, expect, it } from 'vitest';
import {
  dotPath,
  drawing,
  element,
  escapeXml,
  fitted,
  text,
  textWidth,
  wrapped,
} from '../../../src-shared/plot/svg.ts';

describe('escapeXml', () => {
  it('leaves nothing that markup could be made of', () => {
    expect(escapeXml(`<b a="1" c='2'>&amp;`)).toBe('&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;');
  });

  it('replaces what XML forbids, lone surrogates too, and keeps what it allows', () => {
    expect(escapeXml('a\u0000b\u001Bc\uD800d')).toBe('a\uFFFDb\uFFFDc\uFFFDd');
    expect(escapeXml('tab\there 𝛼 µ')).toBe('tab\there 𝛼 µ');
  });
});

describe('elements', () => {
  it('escape attribute values and text, and round positions to hundredths', () => {
    expect(element('circle', { cx: 1 / 3, fill: undefined, id: '"><script>' })).toBe(
      '<circle cx="0.33" id="&quot;&gt;&lt;script&gt;"/>',
    );
    expect(text('a<b', 1, 2)).toBe('<text x="1" y="2">a&lt;b</text>');
  });

  it('draw on white, with DejaVu Sans among the fonts', () => {
    const svg = drawing(10, 20, 'T<');
    expect(svg).toContain('viewBox="0 0 10 20"');
    expect(svg).toContain('DejaVu Sans');
    expect(svg).toContain('<title>T&lt;</title>');
    expect(svg).toContain('fill="#ffffff"');
  });

  it('join dots into one path', () => {
    expect(dotPath([[1, 2], [3.456, 4]])).toBe('M1 2h0M3.46 4h0'); // prettier-ignore
  });
});

describe('texts that must fit', () => {
  it('are cut with an ellipsis, never inside a pair of surrogates', () => {
    expect(fitted('short', 100, 12)).toBe('short');
    const cut = fitted('𝛼'.repeat(50), 60, 12);
    expect(cut).toMatch(/^(𝛼)+…$/u);
    expect(textWidth(cut, 12)).toBeLessThanOrEqual(60);
  });

  it('wrap between words on two lines', () => {
    expect(wrapped('Most correlated panel gene', 120, 12)).toEqual(['Most correlated', 'panel gene']);
    expect(wrapped('gimVI', 120, 12)).toEqual(['gimVI']);
    expect(wrapped('Unbreakablelongnameofamethod', 60, 12)).toHaveLength(1);
  });
});
