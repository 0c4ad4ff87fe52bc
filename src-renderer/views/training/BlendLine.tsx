import { z } from 'zod';
import { fixed } from '../../../src-shared/plot/format.ts';
import { useCall } from '../../engine/use-call.ts';

/** The part of report.json that says what the result is made of. */
const blendReport = z.object({
  blend: z.object({
    candidates: z.array(z.string()),
    weights: z.array(z.number()),
    innerScore: z.number().nullish(),
  }),
});

const titles: Readonly<Record<string, string>> = {
  network: 'network',
  ridge: 'ridge regression',
  knn: 'nearest neighbours',
};

/** What the result of a finished run blends, and how good that is; nothing where its report does not say. */
export function BlendLine({ id }: { readonly id: string }) {
  const answer = useCall('run:report', { id });
  const text = answer.waiting ? null : blendSentence(answer.value?.report);
  return text === null ? null : <p className="numeric">{text}</p>;
}

function blendSentence(report: unknown): string | null {
  const parsed = blendReport.safeParse(report);
  if (!parsed.success) return null;
  const { candidates, weights, innerScore } = parsed.data.blend;
  if (candidates.length === 0 || candidates.length !== weights.length) return null;
  const parts = candidates.map((name, i) => `${titles[name] ?? name} ${Math.round(100 * weights[i]!)} %`);
  const score = innerScore == null ? '' : `; ${fixed(innerScore, 3)} on held-out genes`;
  return `The result blends ${parts.join(', ')}${score}.`;
}
