/**
 * TeX to plain text with Unicode signs, for places that cannot set TeX (hovers). Knows the small TeX of the
 * catalogue; what it does not know it keeps legible, never drops.
 */

const symbols: Readonly<Record<string, string>> = {
  alpha: "α",
  beta: "β",
  gamma: "γ",
  delta: "δ",
  epsilon: "ε",
  varepsilon: "ε",
  lambda: "λ",
  mu: "μ",
  pi: "π",
  sigma: "σ",
  tau: "τ",
  theta: "θ",
  phi: "φ",
  varphi: "φ",
  Phi: "Φ",
  omega: "ω",
  infty: "∞",
  partial: "∂",
  cdot: "·",
  times: "×",
  div: "÷",
  pm: "±",
  le: "≤",
  leq: "≤",
  ge: "≥",
  geq: "≥",
  ne: "≠",
  neq: "≠",
  lt: "<",
  gt: ">",
  approx: "≈",
  equiv: "≡",
  in: "∈",
  to: "→",
  sim: "∼",
  sum: "∑",
  prod: "∏",
  int: "∫",
  ldots: "…",
  dots: "…",
  cdots: "⋯",
  prime: "′",
  lvert: "|",
  rvert: "|",
  vert: "|",
  mid: "|",
  odot: "⊙",
  otherwise: "otherwise",
  exp: "exp",
  ln: "ln",
  log: "log",
  max: "max",
  min: "min",
  tanh: "tanh",
  sinh: "sinh",
  cosh: "cosh",
  sin: "sin",
  cos: "cos",
  arctan: "arctan",
  sgn: "sgn",
  erf: "erf",
  left: "",
  right: "",
  big: "",
  Big: "",
  bigl: "",
  bigr: "",
  Bigl: "",
  Bigr: "",
  limits: "",
  displaystyle: "",
  quad: ", ",
  qquad: ", ",
  ",": " ",
  ";": " ",
  ":": " ",
  "!": "",
  " ": " ",
  "{": "{",
  "}": "}",
  "|": "‖",
};

const superscripts: Readonly<Record<string, string>> = {
  "0": "⁰",
  "1": "¹",
  "2": "²",
  "3": "³",
  "4": "⁴",
  "5": "⁵",
  "6": "⁶",
  "7": "⁷",
  "8": "⁸",
  "9": "⁹",
  "+": "⁺",
  "-": "⁻",
  "−": "⁻",
  x: "ˣ",
  n: "ⁿ",
  i: "ⁱ",
  y: "ʸ",
  "(": "⁽",
  ")": "⁾",
};

const subscripts: Readonly<Record<string, string>> = {
  "0": "₀",
  "1": "₁",
  "2": "₂",
  "3": "₃",
  "4": "₄",
  "5": "₅",
  "6": "₆",
  "7": "₇",
  "8": "₈",
  "9": "₉",
  i: "ᵢ",
  j: "ⱼ",
  n: "ₙ",
  x: "ₓ",
  "+": "₊",
  "-": "₋",
};

/** Commands whose argument is the text itself. */
const transparent = new Set(["text", "mathrm", "mathbf", "mathit", "textrm", "mathbb", "mbox"]);

export function plainFormula(tex: string): string {
  const reader = new Reader(tex);
  return tidy(reader.group(false));
}

class Reader {
  private at = 0;
  /** Set when the last piece was `cases`: a factor before them holds for each case. */
  private readCases = false;
  constructor(private readonly tex: string) {}

  /** Reads up to the closing brace, or to the end. */
  group(braced: boolean): string {
    let out = "";
    while (this.at < this.tex.length) {
      const character = this.tex[this.at]!;
      if (character === "}") {
        if (braced) this.at++;
        else {
          out += "}";
          this.at++;
          continue;
        }
        return out;
      }
      this.readCases = false;
      const piece = this.piece();
      const isFactor = this.readCases && out.trim() !== "" && !out.trimEnd().endsWith("=");
      out += isFactor ? ` {${piece}}` : piece;
    }
    return out;
  }

  /** One command, group or character. */
  private piece(): string {
    const character = this.tex[this.at++] ?? "";
    if (character === "{") return this.group(true);
    if (character === "\\") return this.command();
    if (character === "^") return raised(this.argument(), superscripts, "^");
    if (character === "_") return raised(this.argument(), subscripts, "_");
    if (character === "~") return " ";
    if (character === "-") return "−";
    if (character === "'") return "′";
    return character;
  }

  private argument(): string {
    while (this.tex[this.at] === " ") this.at++;
    return this.piece().trim();
  }

  private command(): string {
    const letters = /^[A-Za-z]+\*?/.exec(this.tex.slice(this.at))?.[0];
    const name = letters ?? this.tex[this.at] ?? "";
    this.at += name.length;
    if (name === "\\") return "; ";
    switch (name) {
      case "frac":
      case "dfrac":
      case "tfrac":
        return fraction(tidy(this.argument()), tidy(this.argument()));
      case "sqrt":
        return `√${atom(tidy(this.argument()))}`;
      case "begin":
        return this.environment(this.argument());
      case "end":
        this.argument();
        return "";
    }
    if (name === "operatorname") return this.applied(this.argument());
    if (transparent.has(name.replace("*", ""))) return this.argument();
    const symbol = symbols[name];
    // A space that ends a command's name is no space in the text; between words it is.
    if (symbol === undefined) return name;
    return /^[a-z]+$/.test(symbol) ? ` ${this.applied(symbol)} ` : symbol;
  }

  /** `erf \\frac{a}{b}` needs brackets once the fraction is written on one line. */
  private applied(name: string): string {
    while (this.tex[this.at] === " ") this.at++;
    return /^\\[dt]?frac\b/.test(this.tex.slice(this.at)) ? `${name}(${this.piece()})` : name;
  }

  /** `cases` becomes "a if x > 0; b otherwise"; other environments are read through. */
  private environment(name: string): string {
    const end = this.tex.indexOf(`\\end{${name}}`, this.at);
    const to = end < 0 ? this.tex.length : end;
    const body = this.tex.slice(this.at, to);
    this.at = end < 0 ? to : to + `\\end{${name}}`.length;
    const rows = body
      .split(/\\\\(?:\[[^\]]*\])?/)
      .map((row) => row.trim())
      .filter((row) => row !== "");
    if (!/^[dr]?cases/.test(name))
      return rows.map((row) => plainFormula(row.replaceAll("&", " "))).join("; ");
    this.readCases = true;
    return rows.map(caseRow).join("; ");
  }
}

function caseRow(row: string): string {
  const [value, condition] = row.split(/(?<!\\)&/).map((cell) => plainFormula(cell).replace(/,$/, "").trim());
  if (!condition) return value ?? "";
  return /^(if|for|otherwise|when|else)\b/.test(condition)
    ? `${value} ${condition}`
    : `${value} if ${condition}`;
}

function raised(text: string, table: Readonly<Record<string, string>>, sign: string): string {
  const plain = tidy(text);
  const characters = [...plain.replaceAll(" ", "")];
  if (characters.length > 0 && characters.every((character) => character in table)) {
    return characters.map((character) => table[character]).join("");
  }
  return sign + (characters.length === 1 ? plain : `(${plain})`);
}

const fraction = (above: string, below: string): string => `${atom(above)}/${atom(below)}`;

/** Brackets round anything that a fraction or root would tear apart. */
function atom(text: string): string {
  return /^√?[\p{L}\p{N}.′]+[⁰¹²³⁴-⁹ˣ]*$/u.test(text) || isBracketed(text) ? text : `(${text})`;
}

function isBracketed(text: string): boolean {
  if (!/^\p{L}*\(/u.test(text) || !text.endsWith(")")) return false;
  let depth = 0;
  for (const [index, character] of [...text].entries()) {
    if (character === "(") depth++;
    if (character === ")" && --depth === 0) return index === [...text].length - 1;
  }
  return false;
}

const words = "if|for|when|where|with|otherwise|and|or|in|after|is|such";
const functions = "max|min|exp|ln|log|tanh|sinh|cosh|sin|cos|arctan|sgn|sign|erf|softmax";
const afterWord = new RegExp(`(^|[^\\p{L}])(${words})$`, "u");
const calls = new RegExp(`(?<!\\p{L})(${functions}) \\(`, "gu");
/** What is left of a fraction on one line must not look as if it stood below the bar. */
const factorAfterFraction = new RegExp(
  `(\\/(?:√?[\\p{L}\\p{N}]+|\\([^()]*\\))) (?=[\\p{L}(])(?!(?:${words})(?!\\p{L}))`,
  "gu",
);

/** One space round operators, none inside brackets, a minus by its meaning. */
function tidy(text: string): string {
  return text
    .replace(/\s*([=<>≤≥≈∼+×∈→≠])\s*/g, " $1 ")
    .replace(/\s*·\s*/g, "·")
    .replace(/\s*−\s*/g, (match, offset: number, whole: string) => {
      if (isOperand(whole.slice(0, offset).trimEnd())) return " − ";
      return match.startsWith(" ") ? " −" : "−";
    })
    .replace(/\s+/g, " ")
    .replace(/([([{])\s+/g, "$1")
    .replace(/\s+([)\]},;_₀-₉ᵢⱼ])/g, "$1")
    .replace(/([,;])[\s,;]*([,;])/g, "$2")
    .replace(calls, "$1(")
    .replace(factorAfterFraction, "$1·")
    .trim();
}

/** Whether a minus after this text subtracts; after an operator, a word or an opening bracket it negates. */
function isOperand(before: string): boolean {
  if (afterWord.test(before)) return false;
  if (before.endsWith("|")) return before.split("|").length % 2 === 1;
  return /[\p{L}\p{N})\]}⁾′]$/u.test(before);
}
