/** activation-lens.json -> data. Comments and trailing commas are allowed, as in VS Code's own settings. */
import {
  findNodeAtLocation,
  getNodeValue,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from "jsonc-parser/lib/esm/main.js";
import type { Parsed } from "./read.ts";

const words: Readonly<Record<string, string>> = {
  InvalidSymbol: "there is a word that is neither a text in quotes nor a value",
  InvalidNumberFormat: "there is a number that can't be read",
  PropertyNameExpected: "the name of an option is expected, in double quotes",
  ValueExpected: "a value is expected",
  ColonExpected: "a colon is missing",
  CommaExpected: "a comma is missing",
  CloseBraceExpected: "a closing } is missing",
  CloseBracketExpected: "a closing ] is missing",
  EndOfFileExpected: "there is more after the end of the configuration",
  UnexpectedEndOfComment: "a comment does not end",
  UnexpectedEndOfString: "a text does not end",
};

export function parseJson(text: string): Parsed {
  const errors: ParseError[] = [];
  const tree = parseTree(text.replace(/^\uFEFF/, " "), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first || !tree) {
    const message = (first && words[printParseErrorCode(first.error)]) ?? "it is no JSON";
    return { problem: { line: lineAt(text, first?.offset ?? 0), message } };
  }
  return {
    data: getNodeValue(tree),
    lineOf: (path) => {
      const node = findNodeAtLocation(tree, [...path]);
      const named = node?.parent?.type === "property" ? node.parent : node;
      return named && lineAt(text, named.offset);
    },
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) line++;
  return line;
}
