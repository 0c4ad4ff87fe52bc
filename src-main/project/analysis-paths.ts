import { isAbsolute, join, relative, sep } from 'node:path';
import type { AnalysisRecord } from '../../src-shared/domain/project.ts';
import { isInside } from './stored-path.ts';

/** An analysis as project.json keeps it: gene sets of the project by their way inside of it, so that it can move. */
export function storeAnalysis(folder: string, record: AnalysisRecord): AnalysisRecord {
  return withFiles(record, (file) =>
    isInside(folder, file) ? relative(folder, file).split(sep).join('/') : file,
  );
}

/** An analysis as the page sees it: gene sets by their absolute paths. */
export function restoreAnalysis(folder: string, record: AnalysisRecord): AnalysisRecord {
  return withFiles(record, (file) => (isOfAnySystem(file) ? file : join(folder, file)));
}

function withFiles(record: AnalysisRecord, change: (file: string) => string): AnalysisRecord {
  const { parameters } = record;
  if (parameters.kind !== 'pathways') return record;
  return { ...record, parameters: { ...parameters, files: parameters.files.map(change) } };
}

/** Whether a path is absolute here or on the system that the project comes from. */
function isOfAnySystem(path: string): boolean {
  return isAbsolute(path) || /^(?:[a-z]:)?[\\/]/iu.test(path);
}
