/** The data sets of the lab without their rows: what pages and command lines offer. */

export interface DataInfo {
  readonly id: string;
  readonly title: string;
  /** One line: what it is. */
  readonly what: string;
  readonly kind: "image" | "table";
  readonly height: number;
  readonly width: number;
  readonly columns: number;
  /** 0: the target is a number. */
  readonly classes: number;
  /** All, before the split. */
  readonly rows: number;
}

const table = { kind: "table", height: 1, width: 1 } as const;

export const dataInfos = [
  {
    id: "mnist",
    title: "MNIST digits",
    what: "3,000 handwritten digits of 28 x 28 pixels",
    kind: "image",
    height: 28,
    width: 28,
    columns: 1,
    classes: 10,
    rows: 3000,
  },
  {
    id: "digits",
    title: "Small digits",
    what: "1,797 handwritten digits of 8 x 8 pixels",
    kind: "image",
    height: 8,
    width: 8,
    columns: 1,
    classes: 10,
    rows: 1797,
  },
  {
    id: "cancer",
    title: "Breast cancer",
    what: "569 cases, 30 features, 2 classes",
    ...table,
    columns: 30,
    classes: 2,
    rows: 569,
  },
  {
    id: "diabetes",
    title: "Diabetes",
    what: "442 patients, 10 features, a number to predict",
    ...table,
    columns: 10,
    classes: 0,
    rows: 442,
  },
  {
    id: "mixture",
    title: "Gaussian mixture",
    what: "drawn: 20 features, 5 classes",
    ...table,
    columns: 20,
    classes: 5,
    rows: 2000,
  },
  {
    id: "spiral",
    title: "Two spirals",
    what: "drawn: 2 features, 2 classes",
    ...table,
    columns: 2,
    classes: 2,
    rows: 2000,
  },
  {
    id: "absolute",
    title: "|x|",
    what: "drawn: one number, its absolute value to predict",
    ...table,
    columns: 1,
    classes: 0,
    rows: 1200,
  },
] as const satisfies readonly DataInfo[];

/** Share of a set's rows that a network is trained on; the rest is for the test. */
const TRAINED = 0.75;

export const trainedRows = (rows: number): number => Math.round(rows * TRAINED);

export type DataId = (typeof dataInfos)[number]["id"];

export const isDataId = (id: string): id is DataId => dataInfos.some((info) => info.id === id);

export const dataInfo = (id: DataId): DataInfo => dataInfos.find((info) => info.id === id)!;
