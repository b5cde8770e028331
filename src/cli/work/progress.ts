/** How far a long run is, in one line of the terminal. Nothing of it ever goes into a pipe or a file. */
export interface Progress {
  /** A file more has its outcome. */
  file(name: string): void;
  /** What is printed must not stand behind the line: it is taken away, and comes again. */
  clear(): void;
}

/** Shorter runs show nothing: it would only flicker. */
const AFTER_MS = 1000;
const EVERY_MS = 100;
const ERASE = "\r\u001b[K";

export class ProgressLine implements Progress {
  private readonly start: number;
  private files = 0;
  private drawn = 0;
  private isShown = false;

  constructor(
    private readonly write: (text: string) => void,
    private readonly columns: () => number,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.start = now();
  }

  file(name: string): void {
    this.files += 1;
    const now = this.now();
    if (now - this.start < AFTER_MS || now - this.drawn < EVERY_MS) return;
    this.drawn = now;
    this.isShown = true;
    const text = `${this.files.toLocaleString("en")} files read: ${printable(name)}`;
    const room = this.columns() - 1;
    this.write(ERASE + (text.length > room ? `${text.slice(0, Math.max(0, room - 1))}…` : text));
  }

  clear(): void {
    if (this.isShown) this.write(ERASE);
    this.isShown = false;
  }
}

/** A name may have any characters but must not move the cursor. */
const printable = (name: string): string => name.replace(/[^\x20-\x7e\u00a1-\uffff]+/g, " ");
