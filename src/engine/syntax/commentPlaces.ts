/** Where a comment up to the end of the line can be written without changing what is round it. */
import type { SyntaxNode, Tree } from "@lezer/common";
import { parser as python } from "@lezer/python";
import { parser as yaml } from "@lezer/yaml";
import { maskCell } from "../ipython.ts";
import type { Language } from "../model.ts";
import { parserFor } from "./javascript.ts";
import { mask } from "./python.ts";

export interface CommentPlaces {
  /** @param at the end of a line's code, or the beginning of a line. @returns why there can be none; undefined if it can */
  problem(at: number): string | undefined;
  /** Whether a comment begins there. */
  isComment(at: number): boolean;
}

/**
 * @param text the file's, or that of a notebook's cell
 * @param path says which kind of JavaScript it is
 */
export function commentPlaces(text: string, language: Language, path: string): CommentPlaces {
  switch (language) {
    case "python":
      return pythonPlaces(text, text);
    case "notebook":
      return pythonPlaces(text, maskCell(text));
    case "javascript":
      return inTree(parserFor(path).parse(text));
    case "yaml":
      return inTree(yaml.parse(text));
    case "jsonnet":
      return inScan(text, JSONNET);
    case "prototxt":
      return inScan(text, PROTOTXT);
    case "darknet":
      return {
        problem: (at) => (startOfLine(text, at) === at ? undefined : "a comment has a line of its own there"),
        isComment: () => false,
      };
    case "json":
      return { problem: () => "JSON has no comments", isComment: () => false };
  }
}

/** @param masked the same without what a cell has beyond Python */
function pythonPlaces(text: string, masked: string): CommentPlaces {
  const tree = inTree(python.parse(mask(masked)));
  return {
    problem(at) {
      const from = startOfLine(text, at);
      const line = text.slice(from).split(/[\r\n]/, 1)[0] ?? "";
      // Odd spaces are masked too, and change nothing here.
      if (
        text !== masked &&
        line.trim() !== "" &&
        /^\s*(?:''|0)?\s*$/.test(masked.slice(from, from + line.length))
      )
        return "the line is IPython's own";
      if (/^\s*(?:[^#'"=]*=)?\s*[%!]/.test(line) && text !== masked) return "the line is IPython's own";
      const before = text.slice(0, at).replace(/[ \t\f]*(?:\r\n|\n|\r)?$/, "");
      if (before.endsWith("\\") && !isInComment(tree, before.length)) return "a backslash continues the line";
      return tree.problem(at);
    },
    isComment: tree.isComment,
  };
}

/** What goes on over the ends of lines; and JSX, where what looks like a comment is text. */
const STRING = /^(?:String|FormatString|TemplateString|QuotedLiteral|Literal|BlockLiteral)$/;
const COMMENT = /^(?:Comment|LineComment|BlockComment)$/;
const TEXT = /^JSX/;

interface TreePlaces extends CommentPlaces {
  readonly tree: Tree;
}

function inTree(tree: Tree): TreePlaces {
  return {
    tree,
    problem(at) {
      for (const side of [-1, 1] as const) {
        for (let node: SyntaxNode | null = tree.resolveInner(at, side); node; node = node.parent) {
          if (TEXT.test(node.name) && node.from < at && at < node.to) return "it would be text of an element";
          if (node.from < at && (at < node.to || (at === node.to && isOpen(node)))) {
            if (STRING.test(node.name)) return "it would be part of a string";
            if (node.name === "BlockComment") return "it would be part of a comment";
          }
        }
      }
      return undefined;
    },
    isComment(at) {
      const node = tree.resolveInner(at, 1);
      return COMMENT.test(node.name) && node.from === at;
    },
  };
}

/** A string that nothing closes, and a block of YAML, which ends with its lines: what is written at the end is part of it. */
const isOpen = (node: SyntaxNode): boolean =>
  node.lastChild?.type.isError === true || node.name === "BlockLiteral";

const isInComment = ({ tree }: TreePlaces, at: number): boolean =>
  COMMENT.test(tree.resolveInner(at, -1).name);

/** Strings and comments of formats that have no parser of Lezer's. */
const JSONNET =
  /"(?:[^"\\]|\\[\s\S])*"?|'(?:[^'\\]|\\[\s\S])*'?|\/\*[\s\S]*?(?:\*\/|$)|\|\|\|[\s\S]*?(?:\|\|\||$)|(?:#|\/\/).*/g;
const PROTOTXT = /"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?|#.*/g;

function inScan(text: string, tokens: RegExp): CommentPlaces {
  const found = [...text.matchAll(tokens)].map(({ index, 0: token }) => ({ from: index, token }));
  const isLine = (token: string): boolean => /^(?:#|\/\/)/.test(token);
  return {
    problem: (at) =>
      found.some(({ from, token }) => !isLine(token) && from < at && at < from + token.length)
        ? "it would be part of a string"
        : undefined,
    isComment: (at) => found.some(({ from, token }) => isLine(token) && from === at),
  };
}

const startOfLine = (text: string, at: number): number =>
  Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
