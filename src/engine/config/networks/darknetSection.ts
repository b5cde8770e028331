/** One section of a Darknet configuration. */
import type { Span } from "../../model.ts";
import { type DataMap, type Entry, numberIn, type Scalar } from "../../syntax/data.ts";

export class DarknetSection {
  readonly type: string;
  /** The header. */
  readonly span: Span;
  readonly end: number;
  private readonly options: DataMap["entries"];

  constructor({ key, value }: Entry) {
    this.type = key.value;
    this.span = { from: key.from, to: key.to };
    this.end = value?.to ?? key.to;
    this.options = value?.type === "map" ? value.entries : [];
  }

  /** The first one of that name, as option_find takes it. */
  word(name: string): Scalar | undefined {
    const value = this.options.find(({ key }) => key.value === name)?.value;
    return value?.type === "scalar" ? value : undefined;
  }

  spanOf(name: string): Span | undefined {
    const word = this.word(name);
    return word && { from: word.from, to: word.to };
  }

  /** `usual` where it is not written; null where it is no number. */
  readonly number = (name: string, usual: number | null = null): number | null => {
    const word = this.word(name);
    return word ? (numberIn(word) ?? null) : usual;
  };

  /** `layers=-1, 61` */
  numbers(name: string): readonly number[] {
    const words = this.word(name)?.value.split(",") ?? [];
    return words.map((word) => Number.parseInt(word, 10));
  }
}
