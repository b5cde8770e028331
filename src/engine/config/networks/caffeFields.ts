/** Fields of Caffe's messages: each may be there many times, or once with a list. */
import { type Data, type DataMap, numberIn, wordIn } from "../../syntax/data.ts";

export const listIn = (map: DataMap | undefined, name: string): readonly Data[] =>
  (map?.entries ?? []).flatMap(({ key, value }) =>
    key.value !== name || !value ? [] : value.type === "list" ? value.items : [value],
  );

export const mapsIn = (map: DataMap | undefined, name: string): readonly DataMap[] =>
  listIn(map, name).flatMap((value) => (value.type === "map" ? value : []));

export const wordsIn = (map: DataMap | undefined, name: string): readonly string[] =>
  listIn(map, name).flatMap((value) => (value.type === "scalar" ? value.value : []));

/** null: not a number. */
export const numbersIn = (map: DataMap | undefined, name: string): readonly (number | null)[] =>
  listIn(map, name).map((value) => numberIn(value) ?? null);

/** `usual` where it is not written, null where it is no number. */
export function numberOr(map: DataMap | undefined, name: string, usual: number | null): number | null {
  const numbers = numbersIn(map, name);
  return numbers.length === 0 ? usual : (numbers.at(-1) ?? null);
}

export const isFalse = (map: DataMap | undefined, name: string): boolean =>
  /^(?:false|0|f)$/i.test((map && wordIn(map, name)?.value) ?? "");

export const isTrue = (map: DataMap | undefined, name: string): boolean =>
  /^(?:true|1|t)$/i.test((map && wordIn(map, name)?.value) ?? "");
