/** An edit, as VS Code reports it, in UTF-16 units. */
export interface TextEdit {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** A piece of a text, followed through edits of the text. */
export class FollowedText {
  readonly piece: string;
  #start: number;
  #isThere = true;
  /** The whole text when the piece was last in it, and where. */
  #last: { readonly whole: string; readonly start: number };

  constructor(whole: string, start: number, end: number) {
    this.piece = whole.slice(start, end);
    this.#start = start;
    this.#last = { whole, start };
  }

  /** Where it begins; while it is not there, where it would be. */
  get start(): number {
    return this.#start;
  }

  /** Whether the text has it, unchanged. */
  get isThere(): boolean {
    return this.#isThere;
  }

  /** @param whole the text after the edits */
  follow(whole: string, edits: readonly TextEdit[]): void {
    this.#start = edits.reduce(moved, this.#start);
    const start = whole.startsWith(this.piece, this.#start) ? this.#start : this.#placeIn(whole);
    this.#isThere = start !== undefined;
    if (start === undefined) return;
    this.#start = start;
    this.#last = { whole, start };
  }

  /**
   * The place of a piece that has been moved, or taken away and put back. If the text has as many equal pieces as
   * before, it is the same one of them, counted from the top.
   */
  #placeIn(whole: string): number | undefined {
    const before = placesOf(this.piece, this.#last.whole);
    const now = placesOf(this.piece, whole);
    return now.length === before.length ? now[before.indexOf(this.#last.start)] : undefined;
  }
}

/** Where a place is after an edit. One inside of what was replaced is at its beginning. */
function moved(place: number, { rangeOffset, rangeLength, text }: TextEdit): number {
  if (rangeOffset + rangeLength <= place) return place + text.length - rangeLength;
  return Math.min(place, rangeOffset);
}

function placesOf(piece: string, whole: string): number[] {
  const places: number[] = [];
  for (let at = whole.indexOf(piece); at >= 0; at = whole.indexOf(piece, at + 1)) places.push(at);
  return places;
}
