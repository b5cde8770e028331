/** Real columns, as they were measured, that come with scikit-learn: https://scikit-learn.org/stable/datasets/toy_dataset.html */
import type { Random } from "./random.ts";

export interface Table {
  readonly loader: string;
  /** What the loader is told besides how to return it. */
  readonly told: string;
  readonly features: number;
  /** 0: a number is learnt. */
  readonly classes: number;
  /** Inputs and targets at once, or members of one object that a function or a module gives. */
  readonly load: "pair" | "members" | "lines" | "module";
  /** A part for tests is put aside, and one for validation of the rest; or all is trained on. */
  readonly parts: "two" | "three" | "whole";
  /** More arguments of the split. */
  readonly split: string;
  readonly isCast: boolean;
  /** Which of a framework's ways to take arrays is chosen, counted round; 0: its first. */
  readonly form: number;
}

export const WINE: Table = {
  loader: "load_wine",
  told: "",
  features: 13,
  classes: 3,
  load: "pair",
  parts: "two",
  split: "random_state=0",
  isCast: false,
  form: 0,
};

/** Its diabetes comes scaled unless told otherwise. */
type Set = Pick<Table, "loader" | "told" | "features" | "classes">;

const SETS: readonly [Set, ...Set[]] = [
  { loader: "load_wine", told: "", features: 13, classes: 3 },
  { loader: "load_iris", told: "", features: 4, classes: 3 },
  { loader: "load_breast_cancer", told: "", features: 30, classes: 2 },
  { loader: "load_digits", told: "", features: 64, classes: 10 },
  { loader: "load_diabetes", told: "scaled=False", features: 10, classes: 0 },
];

export const drawnTable = (random: Random): Table => ({
  ...random.of(SETS),
  load: random.of(["pair", "pair", "members", "lines", "module"]),
  parts: random.of(["two", "two", "two", "three", "whole", "whole"]),
  split: random.of(["random_state=0", "test_size=0.2, random_state=42", "test_size=0.25, random_state=1"]),
  isCast: random.chance(0.2),
  form: random.between(1, 12),
});

/** What the parts are called, inputs and targets each. */
export interface Loaded {
  readonly lines: readonly string[];
  readonly train: readonly [x: string, y: string];
  readonly test?: readonly [x: string, y: string];
  readonly validation?: readonly [x: string, y: string];
}

/** Imports and all; inputs and targets begin with what a framework's users call them. */
export function loaded(x: string, y: string, { load, parts, split, isCast, ...set }: Table): Loaded {
  const isPair = load === "pair";
  const told = [set.told, isPair ? "return_X_y=True" : ""].filter((text) => text !== "").join(", ");
  const call = `${load === "module" ? "datasets." : ""}${set.loader}(${told})`;
  const own = set.loader.replace("load_", "");
  const lines = [
    load === "module" ? "from sklearn import datasets" : `from sklearn.datasets import ${set.loader}`,
    ...(parts === "whole" ? [] : ["from sklearn.model_selection import train_test_split"]),
    ...(isPair ? [`${x}, ${y} = ${call}`] : [`${own} = ${call}`]),
    ...(load === "members" ? [`${x}, ${y} = ${own}.data, ${own}.target`] : []),
    ...(load === "lines" || load === "module" ? [`${x} = ${own}.data`, `${y} = ${own}.target`] : []),
    ...(isCast ? [`${x} = ${x}.astype("float32")`] : []),
  ];
  if (parts === "whole") return { lines, train: [x, y] };
  const named = (part: string) => [`${x}_${part}`, `${y}_${part}`] as const;
  const into = (first: string, second: string, of: readonly [string, string]): string =>
    `${x}_${first}, ${x}_${second}, ${y}_${first}, ${y}_${second} = train_test_split(${of.join(", ")}, ${split})`;
  if (parts === "two")
    return { lines: [...lines, into("train", "test", [x, y])], train: named("train"), test: named("test") };
  return {
    lines: [...lines, into("rest", "test", [x, y]), into("train", "val", named("rest"))],
    train: named("train"),
    test: named("test"),
    validation: named("val"),
  };
}
