import type { GeneScore } from '../../src-shared/contract/calls/result.ts';
import type { Handlers } from '../../src-shared/contract/handlers.ts';
import type { GeneRow } from '../../src-shared/domain/evaluation.ts';
import { geneMeans } from '../../src-shared/domain/gene-means.ts';
import type { ServiceContext } from './context.ts';
import { exportWriter } from './export/export-writer.ts';
import { readGeneRows } from './export/gene-rows.ts';
import { readReport } from './jobs/job-folder.ts';
import { folderKind, jobOf } from './jobs/records.ts';

type ResultHandlers = Pick<Handlers, 'evaluation:report' | 'run:report' | 'export:write'>;

/** Calls about what runs and evaluations left on disk, and how it leaves the project. */
export function resultHandlers(context: ServiceContext): ResultHandlers {
  const folderOf = (id: string): string => {
    const project = context.project();
    return project.folderOf(folderKind(jobOf(project.state, id)), id);
  };
  const write = exportWriter(context);
  return {
    'evaluation:report': async ({ id }) => {
      const folder = folderOf(id);
      const report = await readReport(folder);
      return { report, scores: scoresOf(await readGeneRows(folder)) };
    },
    'run:report': async ({ id }) => ({ report: await readReport(folderOf(id)) }),
    'export:write': (request) =>
      context.work.run(request.ticket, (signal, report) => write(request, signal, report)),
  };
}

function scoresOf(rows: readonly GeneRow[]): GeneScore[] {
  const known = (value: number | null) => (value !== null && Number.isFinite(value) ? value : null);
  return [...geneMeans(rows)].flatMap(([method, genes]) =>
    [...genes.values()].map((mean) => ({
      gene: mean.gene,
      method,
      fold: mean.fold,
      pcc: known(mean.pcc),
      spearman: known(mean.spearman),
      ssim: known(mean.ssim),
      rmse: known(mean.rmse),
      moranMeasured: known(mean.moran_measured),
      moranImputed: known(mean.moran_imputed),
    })),
  );
}
