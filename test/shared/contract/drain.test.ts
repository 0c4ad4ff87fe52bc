import { describe, expect, it } from 'vitest';
import { drain } from '../../../src-shared/contract/drain.ts';

async function* counted(to: number): AsyncGenerator<number, string> {
  for (let i = 1; i <= to; i++) yield await Promise.resolve(i);
  return 'end';
}

async function* noted(order: string[]): AsyncGenerator<number, void> {
  for (const value of [1, 2]) {
    order.push(`made ${value}`);
    yield await Promise.resolve(value);
  }
}

describe('drain', () => {
  it('hands on every value in order and gives what is returned', async () => {
    const seen: number[] = [];
    expect(await drain(counted(3), (value) => void seen.push(value))).toBe('end');
    expect(seen).toEqual([1, 2, 3]);
  });

  it('waits for the listener before the generator goes on, and passes on what it throws', async () => {
    const order: string[] = [];
    const slow = async (value: number) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(`kept ${value}`);
      if (value === 2) throw new Error('full disk');
    };
    await expect(drain(noted(order), slow)).rejects.toThrow('full disk');
    expect(order).toEqual(['made 1', 'kept 1', 'made 2', 'kept 2']);
  });
});
