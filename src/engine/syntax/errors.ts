/** How many errors a parse meets: edits of a text must not add any. */
import type { Tree } from "@lezer/common";
import type { Language } from "../model.ts";
import { parserFor } from "./javascript.ts";
import { mask } from "./python.ts";
import { pythonTrees } from "./pythonTrees.ts";

/** @param path says which kind of JavaScript it is */
export function errorsIn(text: string, language: Language, path: string): number {
  switch (language) {
    case "python":
    case "notebook":
      return pythonTrees(mask(text)).reduce((sum, { tree }) => sum + errorNodes(tree), 0);
    case "javascript":
      return errorNodes(parserFor(path).parse(text));
    case "json":
      return isJson(text) ? 0 : 1;
    default:
      // Of these formats nothing but values of one word is edited.
      return 0;
  }
}

function errorNodes(tree: Tree): number {
  let count = 0;
  tree.iterate({
    enter: ({ type }) => {
      if (type.isError) count++;
    },
  });
  return count;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
