import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hyperparameters } from '../../../src-shared/domain/hyperparameters.ts';
import { objection } from '../../../src-shared/domain/hyperparameter.ts';
import { presetNames } from '../../../src-shared/domain/presets.ts';
import { parseAssignment, presetParameters, withParameters } from '../../../src-shared/domain/run-config.ts';
import { root } from '../../helpers/spagene.ts';

/** docs/hyperparameters.md, made from the one table. */
function documentation(): string {
  const groups = [...new Set(Object.values(hyperparameters).map(({ group }) => group))];
  const recommended = presetParameters('recommended');
  const text = (value: unknown) => (Array.isArray(value) ? value.join(', ') : String(value));
  const sections = groups.map((group) => {
    const rows = Object.entries(hyperparameters)
      .filter(([, parameter]) => parameter.group === group)
      .map(([name, parameter]) => {
        const range =
          parameter.kind === 'choice'
            ? parameter.choices.join(', ')
            : `${String(parameter.minimum)} … ${String(parameter.maximum)}`;
        const unit = parameter.unit === '' ? '' : ` (${parameter.unit})`;
        const value = recommended[name as keyof typeof hyperparameters];
        return `| \`${name}\` | ${parameter.meaning}${unit} | ${text(parameter.default)} | ${text(value)} | ${range} |`;
      });
    return [
      `## ${group}`,
      '',
      '| name | meaning | `paper` | `recommended` | range |',
      '|---|---|---|---|---|',
      ...rows,
      '',
    ].join('\n');
  });
  const head =
    '# Hyperparameters\n\nMade from src-shared/domain/hyperparameters.ts (`SPAGENE_UPDATE_DOCS=1 npm run test:fast`). ' +
    'Change one with `--set NAME=VALUE`.\n';
  return [head, ...sections].join('\n');
}

describe('hyperparameters', () => {
  it('are documented as they are', () => {
    const path = join(root, 'docs', 'hyperparameters.md');
    if (process.env['SPAGENE_UPDATE_DOCS'] !== undefined) writeFileSync(path, documentation());
    expect(readFileSync(path, 'utf8')).toBe(documentation());
  });

  it('have defaults and presets within their ranges', () => {
    for (const preset of presetNames) {
      for (const [name, value] of Object.entries(presetParameters(preset))) {
        const parameter = hyperparameters[name as keyof typeof hyperparameters];
        expect(objection(parameter, value), `${preset} ${name}`).toBeUndefined();
      }
    }
  });

  it('hold the published numbers of the seven pairs', () => {
    // MODEL.md, "Presets": λ_cycle, lr_disc, epochs of both stages, latents ST/SC.
    const published = {
      MERFISH_Moffitt: [2, 5e-4, 100, 100, 512, 256],
      NanoString_GSE: [6, 5e-4, 100, 50, 512, 2048],
      osmFISH_AllenSSp: [6, 5e-4, 50, 50, 512, 256],
      osmFISH_AllenVISp: [6, 5e-4, 20, 20, 1024, 2048],
      osmFISH_Zeisel: [6, 5e-4, 100, 50, 512, 256],
      seqFISH_AllenVISp: [6, 5e-4, 100, 50, 512, 256],
      STARmap_AllenVISp: [6, 1e-4, 50, 50, 512, 256],
      paper: [6, 5e-4, 100, 50, 512, 256],
    };
    for (const [name, numbers] of Object.entries(published)) {
      const p = presetParameters(name);
      expect(
        [
          p['lambda.cycle'],
          p['train.learningRateDiscriminator'],
          p['train.epochsStage1'],
          p['train.epochsStage2'],
          p['network.latentSt'],
          p['network.latentSc'],
        ],
        name,
      ).toEqual(numbers);
      expect([p['lambda.gan'], p['lambda.identity'], p['lambda.mmd'], p['lambda.coral']]).toEqual([
        0.001, 10, 0.3, 0.3,
      ]);
    }
  });

  it('are read from the command line and refused with a reason', () => {
    expect(parseAssignment('lambda.identity=5')).toEqual({ 'lambda.identity': 5 });
    expect(parseAssignment('network.encoder=64, 32')).toEqual({ 'network.encoder': [64, 32] });
    expect(parseAssignment('loss.mmdKernel=gamma')).toEqual({ 'loss.mmdKernel': 'gamma' });
    expect(() => parseAssignment('lambda.identity=much')).toThrow(/needs a number/u);
    expect(() => parseAssignment('train.batch=12.5')).toThrow(/whole number from 4 to 65536/u);
    expect(() => parseAssignment('loss.mmdKernel=x')).toThrow(/one of median, gamma/u);
    expect(() => parseAssignment('mmdKernel=gamma')).toThrow(/did you mean loss.mmdKernel/u);
    const base = presetParameters('paper');
    expect(() => withParameters(base, { 'train.batch': '128' }, 'my.json')).toThrow(
      /^my\.json: train\.batch must be/u,
    );
    expect(() => withParameters(base, { nonsense: 1 }, 'my.json')).toThrow(/no hyperparameter "nonsense"/u);
  });
});
