import type { LossPoint } from '../../src-shared/domain/loss-point.ts';
import type { RunEvent } from '../../src-shared/domain/run-event.ts';
import { ProgressLine } from './progress-line.ts';
import { TimeLeft } from './time-left.ts';

/** A line that rewrites itself on a terminal; elsewhere a line at every stage and one in a while. */
export function terminalReporter(): (event: RunEvent) => void {
  const line = new ProgressLine();
  const left = new TimeLeft();
  return (event) => {
    switch (event.kind) {
      case 'losses':
        line.show(lossLine(event.point, event.members, left.of(event.point, event.members)));
        return;
      case 'progress':
        line.show(
          `imputing   ${event.done.toLocaleString('en')} of ${event.total.toLocaleString('en')} cells`,
        );
        return;
      default:
        line.tell(event);
    }
  };
}

function lossLine(point: LossPoint, members: number, pace: string): string {
  const { member, stage, epoch, step, steps, terms, score } = point;
  const values = Object.entries(terms)
    .filter(([name]) => stage !== 'translation' || ['identity.st', 'panel', 'total'].includes(name))
    .map(([name, value]) => `${name} ${value.toPrecision(3)}`);
  const scored = score === undefined ? '' : `  inner genes ${score.toFixed(3)}`;
  const network = members > 1 ? `network ${member + 1}/${members}  ` : '';
  return `${network}${stage}  epoch ${epoch + 1}  step ${step + 1}/${steps}  ${values.join('  ')}${scored}  ${pace}`;
}
