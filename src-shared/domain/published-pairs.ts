import type { PresetName } from './presets.ts';
import type { DatasetRole } from './project.ts';

/** One published table of counts, as it was used in the papers. */
export interface PublishedTable {
  readonly title: string;
  readonly role: DatasetRole;
  /** Name of the file in the archive of the pairs, or at its source. */
  readonly file: string;
  readonly cells: number;
  readonly genes: number;
  /** Genes by which the table is told from others of its size. */
  readonly marks: readonly string[];
  /** Where its authors offer it. */
  readonly source: DownloadSource;
}

export interface DownloadSource {
  readonly label: string;
  readonly url: string;
}

const zenodo: DownloadSource = {
  label: 'Zenodo record 3967291',
  url: 'https://zenodo.org/records/3967291',
};

// The panel of 33 genes of osmFISH.
const osmfish =
  'Gad2 Slc32a1 Crhbp Cnr1 Vip Cpne5 Pthlh Crh Tbr1 Lamp5 Rorb Syt6 Kcnip2 Aldoc Gfap Serpinf1 Mfge8 Sox10 Plp1 Pdgfra Bmp4 Itpr2 Tmem2 Ctps Anln Mrc1 Hexb Ttr Foxj1 Vtn Flt1 Apln Acta2';
const cortex = 'Snap25 Gad1 Gad2 Slc17a7 Pvalb Sst Vip Lamp5 Rorb Plp1 Mbp Gfap Cx3cr1 Flt1';

const names = (text: string): readonly string[] => text.split(' ');

/** Cells and genes as the authors of SpaGE (2020) and the tables' sources give them. */
export const publishedTables = {
  osmFISH: {
    title: 'osmFISH, mouse somatosensory cortex (Codeluppi 2018)',
    role: 'spatial',
    file: 'osmFISH_data_ST.csv',
    cells: 3405,
    genes: 33,
    marks: names(osmfish),
    source: zenodo,
  },
  MERFISH: {
    title: 'MERFISH, mouse hypothalamic preoptic region (Moffitt 2018)',
    role: 'spatial',
    file: 'MERFISH_data_ST.csv',
    cells: 64373,
    genes: 155,
    marks: names('Gad1 Slc17a6 Brs3 Cckar Ttn Sp9 Rnd3 Arhgap36 Npy2r Pou3f2'),
    source: zenodo,
  },
  STARmap: {
    title: 'STARmap, mouse primary visual cortex, 1,020 genes (Wang 2018)',
    role: 'spatial',
    file: 'STARmap_data_ST.csv',
    cells: 1549,
    genes: 1020,
    marks: names('Cux2 Rorb Gad1 Slc17a7 Pvalb Sst Reln Bdnf Cck Egr1'),
    source: zenodo,
  },
  seqFISH: {
    title: 'seqFISH+, mouse cortex, 10,000 genes (Eng 2019)',
    role: 'spatial',
    file: 'seqFISH_data_ST.csv',
    cells: 524,
    genes: 10000,
    marks: names('Gad1 Slc17a7 Sst Egr1 Calb1 Lhx2 Sox2 Olig1'),
    source: zenodo,
  },
  NanoString: {
    title: 'CosMx, human lung cancer, Lung 9 Rep 1 (He 2022)',
    role: 'spatial',
    file: 'Lung9_Rep1_exprMat_file.csv',
    cells: 87606,
    genes: 960,
    marks: names('AATK ABL1 ABL2 ACE ACE2 ACKR1 ACKR3 ACKR4 EPCAM CD3D'),
    source: {
      label: 'NanoString, CosMx FFPE dataset',
      url: 'https://nanostring.com/products/cosmx-spatial-molecular-imager/ffpe-dataset/',
    },
  },
  Moffitt: {
    title: 'scRNA-seq, mouse hypothalamic preoptic region (Moffitt 2018)',
    role: 'reference',
    file: 'Moffit_data_SC.csv',
    cells: 31299,
    genes: 18646,
    marks: names('Gad1 Slc17a6 Brs3 Cckar Ttn Sp9 Rnd3 Npy2r Snap25 Mbp'),
    source: zenodo,
  },
  Zeisel: {
    title: 'scRNA-seq, mouse somatosensory cortex (Zeisel 2015)',
    role: 'reference',
    file: 'Zeisel_data_SC.csv',
    cells: 1691,
    genes: 15075,
    marks: names(cortex),
    source: zenodo,
  },
  AllenSSp: {
    title: 'SMART-seq, mouse somatosensory cortex (Allen Institute, SSp)',
    role: 'reference',
    file: 'AllenSSp_data_SC.csv',
    cells: 5613,
    genes: 30527,
    marks: names(cortex),
    source: zenodo,
  },
  AllenVISp: {
    title: 'SMART-seq, mouse primary visual cortex (Allen Institute, VISp; Tasic 2018)',
    role: 'reference',
    file: 'AllenVISp_data_SC.csv',
    cells: 14249,
    genes: 34617,
    marks: names(cortex),
    source: zenodo,
  },
  GSE131907: {
    title: 'scRNA-seq, human lung cancer (Kim 2020)',
    role: 'reference',
    file: 'GSE131907_Lung_Cancer_raw_UMI_matrix.txt.gz',
    cells: 208506,
    genes: 29634,
    marks: names('EPCAM CD3D PTPRC COL1A1 LYZ NKG7 MS4A1 PECAM1 SFTPC A1BG'),
    source: { label: 'GEO GSE131907', url: 'https://www.ncbi.nlm.nih.gov/geo/query/acc.cgi?acc=GSE131907' },
  },
} as const satisfies Record<string, PublishedTable>;

export type PublishedTableName = keyof typeof publishedTables;

/** A published pair of datasets, and the preset with the settings that its paper used. */
export interface PublishedPair {
  readonly preset: PresetName;
  readonly title: string;
  readonly spatial: PublishedTableName;
  readonly reference: PublishedTableName;
  /** Shared genes after processing, as the paper counts them. */
  readonly sharedGenes: number;
}

export const publishedPairs: readonly PublishedPair[] = [
  {
    preset: 'MERFISH_Moffitt',
    title: 'MERFISH and scRNA-seq, mouse hypothalamus',
    spatial: 'MERFISH',
    reference: 'Moffitt',
    sharedGenes: 141,
  },
  {
    preset: 'NanoString_GSE',
    title: 'CosMx and scRNA-seq, human lung cancer',
    spatial: 'NanoString',
    reference: 'GSE131907',
    sharedGenes: 488,
  },
  {
    preset: 'osmFISH_AllenSSp',
    title: 'osmFISH and SMART-seq, mouse somatosensory cortex',
    spatial: 'osmFISH',
    reference: 'AllenSSp',
    sharedGenes: 26,
  },
  {
    preset: 'osmFISH_AllenVISp',
    title: 'osmFISH of mouse somatosensory and SMART-seq of visual cortex',
    spatial: 'osmFISH',
    reference: 'AllenVISp',
    sharedGenes: 26,
  },
  {
    preset: 'osmFISH_Zeisel',
    title: 'osmFISH and scRNA-seq, mouse somatosensory cortex',
    spatial: 'osmFISH',
    reference: 'Zeisel',
    sharedGenes: 32,
  },
  {
    preset: 'seqFISH_AllenVISp',
    title: 'seqFISH+ of mouse cortex and SMART-seq of visual cortex',
    spatial: 'seqFISH',
    reference: 'AllenVISp',
    sharedGenes: 411,
  },
  {
    preset: 'STARmap_AllenVISp',
    title: 'STARmap and SMART-seq, mouse visual cortex',
    spatial: 'STARmap',
    reference: 'AllenVISp',
    sharedGenes: 242,
  },
];
