/** Steps through a text of data: what the readers of JSON and of protocol buffers have in common. */
import { type Scalar, unquoted } from "./data.ts";

export abstract class DataScanner {
  protected at = 0;

  /** @param words what an unquoted scalar is made of; sticky */
  constructor(
    protected readonly text: string,
    private readonly words: RegExp,
  ) {}

  /** A string that is still open ends with its line. */
  protected string(quote: string): Scalar {
    const { text } = this;
    const from = this.at++;
    while (this.at < text.length && text[this.at] !== quote && text[this.at] !== "\n") {
      this.at += text[this.at] === "\\" ? 2 : 1;
    }
    this.at = Math.min(this.at, text.length);
    const value = unquoted(text.slice(from + 1, this.at), quote);
    if (text[this.at] === quote) this.at++;
    return { type: "scalar", from, to: this.at, value, quoted: true };
  }

  protected word(): Scalar | undefined {
    this.words.lastIndex = this.at;
    const value = this.words.exec(this.text)?.[0];
    if (value === undefined) return undefined;
    const from = this.at;
    this.at += value.length;
    return { type: "scalar", from, to: this.at, value, quoted: false };
  }
}
