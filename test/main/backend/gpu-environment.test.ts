import { describe, expect, it } from 'vitest';
import { setUpGpu } from '../../../src-main/backend/native.ts';

describe('setUpGpu', () => {
  it('lets memory grow and keeps float32', () => {
    const environment: Record<string, string | undefined> = {};
    setUpGpu(environment);
    expect(environment).toEqual({ TF_FORCE_GPU_ALLOW_GROWTH: 'true', NVIDIA_TF32_OVERRIDE: '0' });
  });

  it('leaves what the user set', () => {
    const environment = { TF_FORCE_GPU_ALLOW_GROWTH: 'false', NVIDIA_TF32_OVERRIDE: '1' };
    setUpGpu(environment);
    expect(environment).toEqual({ TF_FORCE_GPU_ALLOW_GROWTH: 'false', NVIDIA_TF32_OVERRIDE: '1' });
  });
});
