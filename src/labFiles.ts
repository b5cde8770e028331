/** Where the files of the lab are: the host says it in the preview's page, which loads them when the lab is opened. */
export interface LabFiles {
  readonly script: string;
  readonly worker: string;
  readonly style: string;
}
