/** Lines that open the result elsewhere. `path` is where the h5ad lies, or its name before it was exported. */
export function snippets(path: string): { readonly title: string; readonly code: string }[] {
  const quoted = JSON.stringify(path);
  return [
    {
      title: 'Scanpy (Python)',
      code: [
        'import scanpy as sc',
        '',
        `adata = sc.read_h5ad(${quoted})`,
        'adata.X  # imputed values, cells × genes',
        'adata.obsm["measured"]  # measured values of the panel',
        'adata.uns["measured_genes"]  # their names',
        'adata.var[["measured", "expected_pcc"]]  # expected_pcc where it could be learned',
      ].join('\n'),
    },
    {
      title: 'Seurat (R, through anndataR)',
      code: [
        '# install.packages(c("BiocManager", "Seurat")); BiocManager::install("anndataR")',
        'library(anndataR)',
        '',
        `seurat <- read_h5ad(${quoted}, as = "Seurat")`,
        'seurat[["RNA"]]$X  # imputed values, genes × cells',
      ].join('\n'),
    },
  ];
}
