import { UserError } from '../../src-shared/contract/errors.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import type { DatasetChoice } from '../../src-shared/domain/project.ts';
import { labelSource } from '../engine/reference-labels.ts';
import type { ServiceContext } from './context.ts';
import { importDataset, relinkDataset } from './dataset/import.ts';
import { overlapOf } from './dataset/overlap.ts';
import { previewOf } from './dataset/preview.ts';

type DatasetHandlers = Pick<
  Handlers,
  'dataset:preview' | 'dataset:overlap' | 'dataset:import' | 'dataset:relink' | 'work:cancel'
>;

/** Answers the calls about datasets: what is in a file, how two match, and taking them into the project. */
export function datasetHandlers(context: ServiceContext): DatasetHandlers {
  const { work } = context;
  const check = (choice: DatasetChoice): void => {
    context.access.check(choice.path);
    if (choice.coordinates !== undefined) context.access.check(choice.coordinates);
    const labels = choice.labels === undefined ? undefined : labelSource(choice.labels).file;
    if (labels !== undefined) context.access.check(labels);
  };
  const ofProject = (role: 'spatial' | 'reference'): DatasetChoice => {
    const record = context.project().state[role];
    if (record !== null) return record.choice;
    const missing = role === 'spatial' ? 'spatial dataset' : 'reference';
    throw new UserError(`The project has no ${missing} yet; import one first.`, {}, 'usage');
  };
  return {
    'dataset:preview': ({ role, choice, ticket }) => {
      check(choice);
      return work.run(ticket, (signal, report) => previewOf(choice, role, signal, report));
    },
    'dataset:overlap': ({ spatial, reference, ticket }) => {
      for (const choice of [spatial, reference]) if (choice !== null) check(choice);
      const both = [spatial ?? ofProject('spatial'), reference ?? ofProject('reference')] as const;
      return work.run(ticket, async (signal, report) => {
        report('Comparing the genes', null);
        return overlapOf(...both, signal);
      });
    },
    'dataset:import': ({ ticket, ...request }) => {
      check(request.choice);
      const project = context.project();
      return work.run(ticket, (signal, report) => importDataset(project, request, signal, report));
    },
    'dataset:relink': ({ ticket, ...request }) => {
      check(request.choice);
      const project = context.project();
      return work.run(ticket, (signal, report) => relinkDataset(project, request, signal, report));
    },
    'work:cancel': ({ ticket }) => {
      work.cancel(ticket);
      return Promise.resolve({});
    },
  };
}
