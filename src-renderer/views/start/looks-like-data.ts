/** Whether a path's name is that of a file of counts, and not that of a folder or project file. */
export function looksLikeData(path: string): boolean {
  return /\.(?:h5ad|h5|hdf5|loom|mtx|csv|tsv|txt|tab)(?:\.gz)?$/iu.test(path);
}
