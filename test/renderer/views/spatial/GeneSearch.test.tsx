import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { GeneSearch } from '../../../../src-renderer/views/spatial/GeneSearch.tsx';
import { readGenes } from '../../../../src-renderer/views/spatial/genes.ts';

const genes = readGenes({
  names: ['Gad1', 'Gad2', 'Sst', 'Pvalb'],
  measured: Uint8Array.of(1, 0, 1, 0),
  imputed: Uint8Array.of(1, 1, 0, 1),
  expected: Float32Array.of(0.62, 0.3, NaN, 0.41),
  mean: Float32Array.of(1.234, 0.5, 2, NaN),
  detected: Float32Array.of(0.5, NaN, 0.5, NaN),
});

beforeAll(() => {
  Element.prototype.scrollIntoView = () => undefined;
});
afterEach(cleanup);

function search() {
  const onChoose = vi.fn();
  render(<GeneSearch genes={genes} gene="Sst" onChoose={onChoose} />);
  const field = screen.getByRole('combobox', { name: 'Find a gene' });
  fireEvent.focus(field);
  return { onChoose, field };
}

describe('GeneSearch', () => {
  it('finds by typing and chooses with the keyboard alone', () => {
    const { onChoose, field } = search();
    fireEvent.change(field, { target: { value: 'gad' } });
    expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual([
      'Gad1measured, imputedmean 1.23expected r 0.62',
      'Gad2imputedmean 0.5expected r 0.30',
    ]);
    fireEvent.keyDown(field, { key: 'ArrowDown' });
    const active = field.getAttribute('aria-activedescendant');
    expect(document.getElementById(active!)?.textContent).toContain('Gad2');
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('Gad2');
    expect(screen.queryByRole('option')).toBeNull();
  });

  it('chooses with the pointer, and says when nothing is called so', () => {
    const { onChoose, field } = search();
    fireEvent.click(screen.getByRole('option', { name: /^Pvalb/u }));
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('Pvalb');
    fireEvent.change(field, { target: { value: 'xyz' } });
    expect(screen.getByText('No gene is called xyz.')).toBeDefined();
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(onChoose).toHaveBeenCalledOnce();
    fireEvent.keyDown(field, { key: 'Escape' });
    expect(field.getAttribute('aria-expanded')).toBe('false');
  });
});
