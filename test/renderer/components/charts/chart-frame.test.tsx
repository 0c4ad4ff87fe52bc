import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { axisOf, stepAxis } from '../../../../src-renderer/components/charts/axis.ts';
import { ChartFrame } from '../../../../src-renderer/components/charts/ChartFrame.tsx';
import { standaloneSvg } from '../../../../src-renderer/components/charts/download.ts';
import { LinePlot } from '../../../../src-renderer/components/charts/LinePlot.tsx';

const line = { id: 'st', colour: 'var(--st)', points: [0, 1, 2].map((x) => ({ x, y: 2 - x })) };

function plot() {
  return <LinePlot width={300} height={150} x={stepAxis(2)} y={axisOf([0, 2])} lines={[line]} />;
}

/** jsdom’s blobs have no text() of their own. */
function textOf(blob: Blob): Promise<string> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(blob);
  });
}

const saved: { name: string; text: Promise<string> }[] = [];

beforeEach(() => {
  saved.length = 0;
  let blob = new Blob();
  vi.stubGlobal('URL', {
    createObjectURL: (given: Blob) => {
      blob = given;
      return 'blob:figure';
    },
    revokeObjectURL: () => undefined,
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push({ name: this.download, text: textOf(blob) });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('LinePlot', () => {
  it('draws a line from the top left to the bottom right of its plane', () => {
    const { container } = render(plot());
    // The plane is 52 … 288 across and 8 … 126 down.
    expect(container.querySelector('path')!.getAttribute('d')).toBe('M52.0 8.0L170.0 67.0L288.0 126.0');
  });

  it('draws a single point as a dot', () => {
    const single = { ...line, points: [{ x: 1, y: 1 }] };
    const { container } = render(
      <LinePlot width={300} height={150} x={stepAxis(2)} y={axisOf([0, 2])} lines={[single]} />,
    );
    expect(container.querySelector('path')!.getAttribute('d')).toBe('M170.0 67.0h0');
  });
});

describe('ChartFrame', () => {
  const show = (csv: () => string | Promise<string>) =>
    render(
      <ChartFrame
        title="Identity"
        height={150}
        legend={[{ id: 'st', label: 'spatial', colour: 'var(--st)', value: '0.51' }]}
        summary="Identity falls."
        csv={csv}
      >
        {plot}
      </ChartFrame>,
    );
  const download = (label: RegExp) => {
    fireEvent.click(screen.getByRole('button', { name: 'Download Identity' }));
    fireEvent.click(screen.getByRole('menuitem', { name: label }));
  };

  it('says what it shows and what the newest value is', () => {
    show(() => '');
    expect(screen.getByRole('img', { name: 'Identity falls.' })).toBeTruthy();
    expect(screen.getByText('0.51')).toBeTruthy();
  });

  it('hands out its numbers', async () => {
    show(() => Promise.resolve('step,value\r\n'));
    download(/CSV/);
    await waitFor(() => expect(saved.map(({ name }) => name)).toEqual(['identity.csv']));
    expect(await saved[0]!.text).toBe('step,value\r\n');
  });

  it('hands out a drawing that stands alone', async () => {
    show(() => '');
    download(/SVG/);
    await waitFor(() => expect(saved.map(({ name }) => name)).toEqual(['identity.svg']));
    const parsed = new DOMParser().parseFromString(await saved[0]!.text, 'image/svg+xml');
    expect(parsed.querySelector('parsererror')).toBeNull();
    const texts = [...parsed.querySelectorAll('text')].map(({ textContent }) => textContent);
    expect(texts.slice(0, 2)).toEqual(['Identity', 'spatial']);
    expect(parsed.querySelectorAll('path')).toHaveLength(1);
  });

  it('closes its menu with Esc and gives the focus back', () => {
    show(() => '');
    const button = screen.getByRole('button', { name: 'Download Identity' });
    fireEvent.click(button);
    fireEvent.keyDown(screen.getByRole('menuitem', { name: /SVG/ }), { key: 'Escape' });
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(button);
  });
});

describe('standaloneSvg', () => {
  it('has the light colours, whatever the page has, and leaves the page as it was', () => {
    document.head.innerHTML =
      '<style>:root { --st: rgb(0, 0, 200) } :root[data-theme=dark] { --st: rgb(200, 200, 255) }</style>';
    document.documentElement.dataset['theme'] = 'dark';
    const { container } = render(plot());
    const items = [{ label: 'spatial', colour: 'var(--st)' }];
    const svg = standaloneSvg(container.querySelector('svg')!, { title: 'A & B', items });
    expect(svg).toContain('stroke="rgb(0, 0, 200)"');
    expect(svg).not.toContain('rgb(200, 200, 255)');
    expect(svg).toContain('A &amp; B');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    document.head.innerHTML = '';
  });

  it('breaks a long legend over lines, inside its width', () => {
    const { container } = render(plot());
    const items = Array.from({ length: 4 }, (_, i) => ({ label: `Run ${i}, single-cell`, colour: '#000' }));
    const svg = standaloneSvg(container.querySelector('svg')!, { title: 'Identity', items });
    const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
    const labels = [...parsed.querySelectorAll('text')].filter((each) => each.textContent.startsWith('Run'));
    expect(new Set(labels.map((each) => each.getAttribute('y'))).size).toBeGreaterThan(1);
    for (const label of labels) expect(Number(label.getAttribute('x'))).toBeLessThan(200);
  });
});
