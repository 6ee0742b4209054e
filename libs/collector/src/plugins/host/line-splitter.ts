/**
 * Makes lines of a text that comes in pieces. Of a line that is too long it keeps the beginning, so that its memory is
 * bounded whatever comes.
 */
export class LineSplitter {
  private readonly maxCharacters: number;
  private readonly onLine: (line: string, isCut: boolean) => void;
  private begun = '';
  private isCut = false;

  constructor(maxCharacters: number, onLine: (line: string, isCut: boolean) => void) {
    this.maxCharacters = maxCharacters;
    this.onLine = onLine;
  }

  push(text: string): void {
    let from = 0;
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', from)) {
      this.append(text, from, end);
      this.end();
      from = end + 1;
    }
    this.append(text, from, text.length);
  }

  /** Gives what is left without a line end. */
  flush(): void {
    if (this.begun !== '' || this.isCut) this.end();
  }

  private append(text: string, from: number, to: number): void {
    const room = this.maxCharacters - this.begun.length;
    if (to - from > room) this.isCut = true;
    this.begun += text.slice(from, Math.min(to, from + room));
  }

  private end(): void {
    const { begun, isCut } = this;
    [this.begun, this.isCut] = ['', false];
    this.onLine(begun, isCut);
  }
}
