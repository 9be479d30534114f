/** A text whose last line has an end, with answers about its lines. A line ends with LF or CRLF, as in YAML. */
export class SourceText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  lineStart(at: number): number {
    return at === 0 ? 0 : this.text.lastIndexOf('\n', at - 1) + 1;
  }

  /** Where the line of an offset ends, without its line break. */
  lineEnd(at: number): number {
    const found = this.text.indexOf('\n', at);
    const end = found < 0 ? this.text.length : found;
    return this.text[end - 1] === '\r' ? end - 1 : end;
  }

  nextLine(at: number): number {
    const found = this.text.indexOf('\n', at);
    return found < 0 ? this.text.length : found + 1;
  }

  /** The line break of the line of an offset. */
  lineBreak(at: number): string {
    return this.text.slice(this.lineEnd(at), this.nextLine(at));
  }

  column(at: number): number {
    return at - this.lineStart(at);
  }

  /** Text in front of an offset on its line. */
  before(at: number): string {
    return this.text.slice(this.lineStart(at), at);
  }

  /** Text behind an offset on its line. */
  behind(at: number): string {
    return this.text.slice(at, this.lineEnd(at));
  }

  isFirstOnLine(at: number): boolean {
    return /^[ \t]*$/.test(this.before(at));
  }

  /** The column of the `#` of a line with nothing but a comment. */
  commentColumn(lineStart: number): number | undefined {
    const blank = this.match(/[ \t]*/y, lineStart);
    return this.text[lineStart + blank.length] === '#' ? blank.length : undefined;
  }

  /** Text that a sticky pattern matches at an offset; empty if it does not. */
  match(pattern: RegExp, at: number): string {
    pattern.lastIndex = at;
    return pattern.exec(this.text)?.[0] ?? '';
  }

  /** The next offset that is neither blank nor part of a comment. */
  skipBlank(at: number): number {
    return at + this.match(/(?:[ \t\r\n]|(?<=[ \t\n])#[^\n]*)*/y, at).length;
  }
}
