/**
 * JavaScript and TypeScript text -> Program, by way of @lezer/javascript. Lezer recovers from errors, so half-typed
 * files still give a tree; this reader keeps every expression it meets, but no types.
 *
 * The tree has no expression that holds statements. So a function or class that is written as an expression leaves a
 * place holder there, and its definition becomes a statement right behind the one that it is a part of: same scope,
 * same span. `const f = () => 1` simply defines f.
 */
import type { NodeType, TreeCursor } from "@lezer/common";
import { parser } from "@lezer/javascript";
import { unlessTooDeep } from "./depth.ts";
import { anonymous, classFrom, functionFrom, placeHolder, propertyFrom } from "./javascriptDefinitions.ts";
import { assignmentFrom, expressionFrom } from "./javascriptExpressions.ts";
import { leafFrom } from "./javascriptLiterals.ts";
import {
  type Definition,
  find,
  isDefinition,
  type Node,
  opaque,
  type Part,
  statementsOf,
} from "./javascriptParts.ts";
import { statementsFrom } from "./javascriptStatements.ts";
import { typeName } from "./javascriptTypes.ts";
import type { Program, Statement } from "./tree.ts";

/** Nesting beyond this is not read: real code stays below 200, and a call stack has an end. */
const DEEPEST = 400;

const plain = parser.configure({ dialect: "jsx" });
const typed = parser.configure({ dialect: "ts" });
const both = parser.configure({ dialect: "ts jsx" });

/** @param path decides about types and JSX: `<T>x` is a cast in .ts and a tag in .tsx */
export function parserFor(path: string): typeof plain {
  const ending = /\.[cm]?([jt])s(x?)$/i.exec(path);
  return ending?.[1]?.toLowerCase() === "j" ? plain : ending && !ending[2] ? typed : both;
}

export function readJavaScript(text: string, path: string): Program {
  const tree = parserFor(path).parse(mask(text));
  const body = unlessTooDeep(() => new Reader(text).body(tree.cursor(), 0), []);
  return { from: 0, to: text.length, body };
}

/**
 * Blanks, at the same length, the default of `({ a, b = 1 } = {}) => ...`, which @lezer/javascript takes for an
 * assignment in brackets. An empty object has nothing to say.
 */
const mask = (text: string): string =>
  text.replace(/\}(\s*=\s*\{\s*\}\s*)(?=\)\s*=>)/g, (_, usual: string) => `}${usual.replace(/\S/g, " ")}`);

type Kind = "silent" | "block" | "list" | "statement" | "other";

/** What a node is to the reader, by its name; the first that suits. */
const KINDS: readonly (readonly [Kind, RegExp])[] = [
  // Types and comments; and enumerations, which hold only names and constants.
  [
    "silent",
    /^(?:LineComment|BlockComment|Hashbang|TypeArgList|TypeParamList|TypePredicate|TypeAliasDeclaration|InterfaceDeclaration|EnumDeclaration|AmbientDeclaration|TypeDefinition|IndexSignature)$/,
  ],
  ["block", /^(?:Block|ClassBody|SwitchBody)$/],
  // Children are kept as they are, for the node around them.
  [
    "list",
    /^(?:ArgList|ParamList|(?:Object|Array)Pattern|PatternProperty|ImportGroup|ExportGroup|For(?:In|Of)?Spec|CatchClause|FinallyClause|CaseLabel|Decorator|Interpolation)$/,
  ],
  ["statement", /(?:Statement|Declaration|StaticBlock)$/],
];

const known = new Map<NodeType, Kind>();

function kindOf(type: NodeType): Kind {
  let kind = known.get(type);
  if (kind === undefined) {
    kind = type.is("Type") ? "silent" : (KINDS.find(([, names]) => names.test(type.name))?.[0] ?? "other");
    known.set(type, kind);
  }
  return kind;
}

class Reader {
  /** Functions and classes in the statement that is being read, which will follow it. */
  private pending: Definition[] = [];

  constructor(private readonly text: string) {}

  /** The statements in the node under the cursor. */
  body(cursor: TreeCursor, depth: number): Statement[] {
    const outer = this.pending;
    this.pending = [];
    const statements: Statement[] = [];
    this.each(cursor, depth, (part) => {
      statements.push(...statementsOf(part), ...this.pending.splice(0));
    });
    this.pending = outer;
    return statements;
  }

  /** The children of the node under the cursor. */
  private parts(cursor: TreeCursor, depth: number): Part[] {
    const parts: Part[] = [];
    this.each(cursor, depth, (part) => parts.push(part));
    return parts;
  }

  private each(cursor: TreeCursor, depth: number, take: (part: Part) => void): void {
    if (depth > DEEPEST || !cursor.firstChild()) return;
    do {
      if (kindOf(cursor.type) !== "silent") take(this.part(cursor, depth + 1));
    } while (cursor.nextSibling());
    cursor.parent();
  }

  private part(cursor: TreeCursor, depth: number): Part {
    const node: Node = { type: cursor.name, from: cursor.from, to: cursor.to };
    const { type } = node;
    const kind = kindOf(cursor.type);
    const leaf = leafFrom(node, this.text);
    if (leaf) return { ...node, expression: leaf };
    if (kind === "block") return { ...node, statements: this.body(cursor, depth) };
    if (kind === "list") return { ...node, list: this.parts(cursor, depth) };
    switch (type) {
      case "TypeAnnotation": {
        const annotation = typeName(node, this.text);
        return annotation ? { ...node, annotation } : node;
      }
      case "FunctionDeclaration":
      case "MethodDeclaration":
        return { ...node, statements: [this.function(node, cursor, depth)] };
      case "ArrowFunction":
      case "FunctionExpression":
        return this.definition(node, anonymous(this.function(node, cursor, depth)));
      case "ClassDeclaration":
        return { ...node, statements: [classFrom(node, this.parts(cursor, depth), this.text)] };
      case "ClassExpression":
        return this.definition(node, anonymous(classFrom(node, this.parts(cursor, depth), this.text)));
      case "Property": {
        const list = this.parts(cursor, depth);
        if (!find(list, "ParamList")) return { ...node, list };
        return { ...this.definition(node, anonymous(functionFrom(node, list, [], this.text))), list };
      }
      case "PropertyDeclaration":
        return this.statement(node, propertyFrom(this.parts(cursor, depth), this.text));
      case "AssignmentExpression": {
        const list = this.parts(cursor, depth);
        const assignment = assignmentFrom(node, list, this.text);
        // The target is no value, but what it hangs below may be: `f(x).y = z`.
        const expression = opaque(
          node,
          list.flatMap(({ expression: side }) => (side?.type === "attribute" ? [side.object] : (side ?? []))),
        );
        return { ...node, expression, ...(assignment ? { assignment } : { list }) };
      }
    }
    if (kind === "statement")
      return this.statement(node, statementsFrom(node, this.parts(cursor, depth), this.text));
    const parts = this.parts(cursor, depth);
    // Keywords, signs, names of properties; and what was left out of a broken line.
    if (parts.length === 0 && !/^(?:RegExp|TemplateString)$/.test(type)) return node;
    return { ...node, expression: expressionFrom(node, parts, this.text) };
  }

  /** A function; what stands in the defaults of its parameters, or in its only expression, belongs into its body. */
  private function(node: Node, cursor: TreeCursor, depth: number): Definition {
    const outer = this.pending;
    this.pending = [];
    const parts = this.parts(cursor, depth);
    const definition = functionFrom(node, parts, this.pending, this.text);
    this.pending = outer;
    return definition;
  }

  private definition(node: Node, definition: Definition): Part {
    this.pending.push(definition);
    return { ...node, expression: placeHolder(node), definition };
  }

  /** A function that a declaration has given a name is among its statements already. */
  private statement(node: Node, statements: readonly Statement[]): Part {
    const isNamed = (definition: Definition): boolean =>
      statements.some((own) => isDefinition(own) && own.from === definition.from && own.to === definition.to);
    if (this.pending.length > 0) this.pending = this.pending.filter((definition) => !isNamed(definition));
    return { ...node, statements };
  }
}
