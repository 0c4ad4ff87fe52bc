import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { help } from '../../../src-main/cli/help.ts';
import { unitsOf } from '../../../src-main/engine/evaluation-units.ts';
import { allMethods } from '../../../src-main/engine/method-table.ts';
import { presetParameters, type RunConfig } from '../../../src-shared/domain/run-config.ts';
import { root } from '../../helpers/spagene.ts';

// It comes with electron-builder, which reads YAML too.
const yaml = createRequire(import.meta.url)('js-yaml') as { load(text: string): unknown };
const text = (...path: string[]) => readFileSync(join(root, ...path), 'utf8');
const config: RunConfig = {
  preset: 'recommended',
  seed: 1,
  genes: [],
  parameters: presetParameters('recommended'),
};
const everyMethod = allMethods(config).map(({ name }) => name);

interface ConfigSchema {
  readonly properties: {
    readonly methods: { readonly items: { readonly enum: string[] } };
    readonly threads: { readonly properties: Record<string, unknown> };
    readonly 'runtime-minutes': { readonly properties: Record<string, unknown> };
  };
}
const schemaText = yaml.load(text('workflow', 'schemas', 'config.schema.yaml'));
const { properties } = schemaText as ConfigSchema;
const schema = z.fromJSONSchema(schemaText as Parameters<typeof z.fromJSONSchema>[0]);

describe('the config of the workflow', () => {
  it('fits its schema as it is shipped', () => {
    expect(schema.safeParse(yaml.load(text('config', 'config.yaml'))).error).toBeUndefined();
  });

  it.each([
    ['a method that there is not', { methods: ['magic'] }],
    ['one fold', { folds: 1 }],
    ['a word that is not in the schema', { seed: 3 }],
    ['a dataset without a reference', { datasets: { tissue: { spatial: 'a.h5ad' } } }],
    ['a name that is no folder', { datasets: { 'a/b': { spatial: 'a.h5ad', reference: 'b.h5ad' } } }],
    ['no seed', { seeds: [] }],
  ])('is refused with %s', (_, wrong) => {
    expect(schema.safeParse(wrong).success).toBe(false);
  });

  it('knows every method', () => {
    expect(properties.methods.items.enum.toSorted()).toEqual(everyMethod.toSorted());
  });
});

describe('the jobs of the workflow', () => {
  const groups = JSON.parse(text('workflow', 'method-groups.json')) as Record<string, string[]>;

  it('are those that evaluate keeps together, so that nothing is trained twice', () => {
    const units = unitsOf({ methods: everyMethod, seeds: [1], foldsAsked: [0], config });
    const sorted = (all: readonly (readonly string[])[]) => all.map((one) => [...one].sort().join()).sort();
    expect(sorted(Object.values(groups))).toEqual(sorted(units.map(({ methods }) => methods)));
  });

  it('have their threads and time limits in the config', () => {
    expect(Object.keys(properties.threads.properties)).toEqual(Object.keys(groups));
    expect(Object.keys(properties['runtime-minutes'].properties)).toEqual(Object.keys(groups));
  });

  it('use only flags that evaluate has', () => {
    const files = ['common.smk', 'evaluate.smk', 'gather.smk'].map((name) => text('workflow', 'rules', name));
    const code = files.join('\n').replaceAll(/^\s*#.*$/gmu, '');
    const flags = [...new Set(Array.from(code.matchAll(/--[a-z][a-z-]*/gu), ([flag]) => flag))];
    const known = help('evaluate') + help('impute');
    expect(flags.length).toBeGreaterThan(10);
    expect(flags.filter((flag) => !known.includes(flag))).toEqual([]);
  });
});
