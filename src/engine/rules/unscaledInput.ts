import type { Rule } from "../model.ts";
import { RAW_SIZE } from "../words.ts";
import { isRawInput, isTrainedHere, present } from "./structure.ts";

export const unscaledInput: Rule = {
  name: "unscaled-input",
  title: "the input is not scaled",
  docs: {
    what: "A network is trained on numbers as they come from a file or a data set: pixels of 0 to 255, or columns of a table in their own units.",
    why: "Steps of SGD grow with the square of the inputs, so that single steps throw units past all data; and a column of thousands hides one of tenths. Measured: 29 % dead units with raw inputs against 20 % with standardised ones, and most of the failures by overflow.",
    whatToDo:
      "Standardise each column (mean 0, variance 1), or bring pixels to 0..1. Fit the scaling on the training part and use the same for all else that the network sees. BatchNorm behind the first layer takes away the size of the numbers, though not that one column is larger than another.",
    limits:
      "Information, as adaptive optimisers often cope and as the data itself is not seen. Silent where a normalisation follows the first layer, and where the way of the data can't be followed.",
    references: [
      {
        title: "LeCun et al. 1998: Efficient BackProp, section 4.3",
        url: "https://doi.org/10.1007/3-540-49430-8_2",
      },
    ],
  },
  examples: {
    bad: [
      {
        language: "python",
        line: 9,
        code: `import pandas
from keras import Sequential, layers

table = pandas.read_csv("flats.csv")
x = table[["area", "year", "distance"]].values
y = table["sold"].values
model = Sequential([
    layers.Input(shape=(3,)),
    layers.Dense(32, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(x, y, epochs=20)
`,
      },
    ],
    good: [
      {
        language: "python",
        code: `import pandas
from keras import Sequential, layers
from sklearn.preprocessing import StandardScaler

table = pandas.read_csv("flats.csv")
x = StandardScaler().fit_transform(table[["area", "year", "distance"]].values)
y = table["sold"].values
model = Sequential([
    layers.Input(shape=(3,)),
    layers.Dense(32, activation="relu", kernel_initializer="he_normal"),
    layers.Dense(1, activation="sigmoid"),
])
model.compile(optimizer="adam", loss="binary_crossentropy")
model.fit(x, y, epochs=20)
`,
      },
    ],
  },
  check(network, fixes) {
    const { input, layers } = network;
    const [first] = layers;
    if (!isRawInput(network) || !first || first.normalisation || !isTrainedHere(network)) return [];
    const what = input.value.data === "image" ? "pixels as they are stored" : "columns in their own units";
    return [
      {
        rule: "unscaled-input",
        severity: "information",
        message: `The network learns from numbers as they come, ${what}: large ones hide small ones and make steps too large. Standardise them, and use the same scaling when predicting.`,
        span: input.span ?? first.span,
        evidence: [
          {
            text: `nothing scales the input before the first layer; sizes of about ${RAW_SIZE[input.value.data]} assumed`,
            span: input.span ?? first.span,
          },
        ],
        causes: [],
        // BatchNorm takes their size away, but not that one column is larger than another.
        fixes: present(
          fixes.fix(network, { kind: "scale-input" }),
          first.site && layers.length > 1
            ? fixes.fix(network, { kind: "batch-norm", layers: [first] })
            : undefined,
        ),
      },
    ];
  },
};
