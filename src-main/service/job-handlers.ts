import type { Handlers } from '../../src-shared/contract/handlers.ts';
import { present } from '../../src-shared/contract/present.ts';
import { presetParameters, type RunConfig } from '../../src-shared/domain/run-config.ts';
import { allMethods, methodsNamed, USUAL_METHODS } from '../engine/method-table.ts';
import type { ServiceContext } from './context.ts';
import { CalibrationStore } from './jobs/calibration-store.ts';
import { estimateRun, parametersOf } from './jobs/estimate.ts';
import { cellsOnDisk } from './jobs/evaluation-cells.ts';
import { EvaluationTracker } from './jobs/evaluation-tracker.ts';
import { readAsked, readLog, readLosses } from './jobs/job-folder.ts';
import { jobDesk, type JobDesk } from './jobs/job-desk.ts';
import { folderKind, jobOf } from './jobs/records.ts';

type JobHandlers = Pick<
  Handlers,
  | 'run:estimate'
  | 'run:start'
  | 'run:losses'
  | 'evaluation:methods'
  | 'evaluation:start'
  | 'evaluation:cells'
  | `job:${'pause' | 'resume' | 'finish-early' | 'cancel' | 'move' | 'change' | 'log'}`
>;

/** Calls about runs and evaluations: started, watched, paused, reordered. */
export function jobHandlers(context: ServiceContext, desk: JobDesk = jobDesk(context)): JobHandlers {
  const calibrations = new CalibrationStore(context);
  const jobs = desk.queue;
  const folderOf = (id: string): string => {
    const project = context.project();
    return project.folderOf(folderKind(jobOf(project.state, id)), id);
  };
  return {
    'run:estimate': async (request) =>
      estimateRun(context.project().state, request, calibrations, jobs().busy),
    'run:start': async (request) => {
      parametersOf(request);
      return desk.start({ kind: 'run', request });
    },
    'run:losses': async ({ id }) => ({ points: await readLosses(folderOf(id)) }),
    'evaluation:methods': () => Promise.resolve(methodList()),
    'evaluation:start': async (request) => {
      methodsNamed(request.methods, { ...request, parameters: parametersOf(request), seed: 1, genes: [] });
      return desk.start({ kind: 'evaluation', request });
    },
    'evaluation:cells': async ({ id }) => {
      const tracker = jobs().tracker(id);
      if (tracker instanceof EvaluationTracker)
        return { cells: tracker.cellsNow(jobs().running(id) !== undefined) };
      const asked = await readAsked(folderOf(id));
      return { cells: asked.kind === 'evaluation' ? await cellsOnDisk(folderOf(id), asked.request) : [] };
    },
    'job:pause': async ({ id }) => {
      await jobs().pause(id);
      return {};
    },
    'job:resume': async ({ id }) => {
      await jobs().resume(id);
      return {};
    },
    'job:finish-early': ({ id }) =>
      Promise.resolve().then(() => {
        jobs().finishEarly(id);
        return {};
      }),
    'job:cancel': async ({ id }) => ({ trash: await jobs().cancel(id) }),
    'job:move': async ({ id, before }) => {
      await jobs().move(id, before);
      return {};
    },
    'job:change': async ({ id, ...patch }) => {
      await jobs().change(id, present(patch));
      return {};
    },
    'job:log': async ({ id }) => ({ lines: await readLog(folderOf(id)) }),
  };
}

function methodList() {
  const config: RunConfig = {
    preset: 'recommended',
    seed: 1,
    genes: [],
    parameters: presetParameters('recommended'),
  };
  const usual: readonly string[] = USUAL_METHODS;
  return allMethods(config).map(({ name, title, kind, source }) => ({
    name,
    title,
    kind,
    source,
    usual: usual.includes(name),
  }));
}
