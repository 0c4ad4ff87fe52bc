import { defineConfig } from 'vitest/config';

const common = { pool: 'forks' as const, testTimeout: 240_000, hookTimeout: 240_000 };

export default defineConfig({
  test: {
    // Two workers at most: tensor work fills a core by itself.
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'fast', include: ['test/{shared,main}/**/*.test.ts'] } },
      {
        test: {
          ...common,
          name: 'renderer',
          include: ['test/renderer/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
        },
      },
      {
        test: {
          ...common,
          name: 'slow',
          include: ['test/{integration,e2e}/**/*.test.ts'],
          testTimeout: 600_000,
          fileParallelism: false,
        },
      },
    ],
  },
});
