import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  labelName,
  labelPath,
  labelSource,
  referenceLabels,
} from '../../../src-main/engine/reference-labels.ts';
import type { Column, Dataset, OpenMatrix } from '../../../src-main/matrix/dataset.ts';

const folder = mkdtempSync(join(tmpdir(), 'spagene-labels-'));
const table = join(folder, 'cells.csv');
writeFileSync(table, 'cell,type,layer\nb,glia,1\na,neuron,2\nc,,3\n');
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const obs: Column[] = [
  { name: 'kind', kind: 'category', categories: ['x', 'y'], codes: Int32Array.of(1, 0) },
  { name: 'torn', kind: 'category', categories: ['x'], codes: Int32Array.of(0, -1) },
  { name: 'leiden', kind: 'number', values: Float64Array.of(3, 11) },
];
const reference = { path: 'reference.h5ad', obs } as unknown as Dataset;
const matrix = { cells: ['a', 'b'] } as unknown as OpenMatrix;
const labels = (asked: string) => referenceLabels(asked, reference, matrix);

describe('reference labels', () => {
  it('come from a column of the reference, numbers of clusters too', async () => {
    expect(await labels('kind')).toEqual(['y', 'x']);
    expect(await labels('leiden')).toEqual(['3', '11']);
  });

  it('come from a column of a table, by the names of the cells', async () => {
    expect(await labels(`${table}:type`)).toEqual(['neuron', 'glia']);
    expect(await labels(`${table}:layer`)).toEqual(['2', '1']);
  });

  it('must be there for every cell, wherever they come from', async () => {
    await expect(labels('torn')).rejects.toThrow(/no label in column torn for 1 of 2 .* first being b/);
    const three = { cells: ['a', 'b', 'c'] } as unknown as OpenMatrix;
    await expect(referenceLabels(`${table}:type`, reference, three)).rejects.toThrow(/for 1 of 3 .* being c/);
  });

  it('are asked for by names that exist', async () => {
    await expect(labels('nope')).rejects.toThrow(/no such file, and reference.h5ad .* kind, torn, leiden/);
    await expect(labels(folder)).rejects.toThrow(/no such file/);
    await expect(labels(join(folder, 'absent.csv:type'))).rejects.toThrow(/no such file/);
  });

  it('know a file with a colon in its name from a file and its column', () => {
    expect(labelSource(`${table}:type`)).toEqual({ file: table, column: 'type' });
    expect(labelSource(table)).toEqual({ file: table });
    const odd = join(folder, 'a:b.csv');
    writeFileSync(odd, 'cell,type\na,x\n');
    expect(labelSource(odd)).toEqual({ file: odd });
    expect(labelSource('kind')).toEqual({});
  });

  it('come from the same file wherever the path is looked at from', async () => {
    const near = relative(process.cwd(), table);
    expect(labelPath(`${near}:type`)).toBe(`${table}:type`);
    expect(labelPath(near)).toBe(table);
    expect(labelPath('kind')).toBe('kind');
    expect(labelPath(undefined)).toBeUndefined();
    // A column called like a file would turn into the file once the path is made absolute, so the file comes first.
    const both = { ...reference, obs: [{ ...obs[0]!, name: `${near}:type` }] } as unknown as Dataset;
    expect(await referenceLabels(`${near}:type`, both, matrix)).toEqual(['neuron', 'glia']);
  });

  it('have a name that a move of the table does not change', () => {
    expect(labelName('/here/cells.csv:type')).toBe('type');
    expect(labelName('C:\\there\\cells.csv')).toBe('cells.csv');
    expect(labelName('kind')).toBe('kind');
  });
});
