/**
 * Questions and answers over any wire that carries messages: between page and host, and between host and engine. Ids,
 * failures as data and "only the newest counts" are here, and nowhere else.
 */

/** Why there is no answer. */
export type Failure =
  /** The options are illegal, in the framework's own words. */
  | { readonly kind: 'refused'; readonly message: string }
  /** Nothing is decoded (any more). */
  | { readonly kind: 'empty' }
  /** More memory was needed than there is. */
  | { readonly kind: 'memory' }
  /** Whoever should have answered ended by itself, or something went wrong there that should not. */
  | { readonly kind: 'died'; readonly message: string }
  /** It was ended on purpose while this was under way. */
  | { readonly kind: 'closed' }
  /** A newer question of the same kind came before this one's turn. */
  | { readonly kind: 'superseded' };

/** What is said of failures that have no words of their own; in English, whoever shows it translates it. */
export const failureSentences: Readonly<Partial<Record<Failure['kind'], string>>> = {
  memory: 'There is not enough memory for an output this large.',
  died: 'Pooling failed unexpectedly; the log says more.',
};

export type Outcome<T, F = Failure> = { readonly ok: T } | { readonly err: F };

/** A table of questions: by name, what each carries and what it is answered with. */
type Table<T> = { [N in keyof T]: { request: unknown; answer: unknown } };

/** A question on the wire. */
export type Question<T extends Table<T>, N extends keyof T = keyof T> = {
  [K in N]: { readonly id: number; readonly call: K; readonly request: T[K]['request'] };
}[N];

/** The answer to the question with the same id. */
export interface Reply<T extends Table<T>, F = Failure> {
  readonly id: number;
  readonly outcome: Outcome<T[keyof T]['answer'], F>;
}

/** The asking end. Each question is answered: by the other end, or by {@link end}. */
export class Channel<T extends Table<T>, F = Failure> {
  readonly #pending = new Map<number, (outcome: Outcome<never, F>) => void>();
  #ended: F | undefined;

  /**
   * @param post what it throws is passed on to who asked
   * @param lastId where ids begin: anywhere, if answers to somebody who used the wire before may still come
   */
  constructor(
    private readonly post: (question: Question<T>, transfer: readonly ArrayBuffer[]) => void,
    private lastId = 0,
  ) {}

  /** @param transfer memory that moves to the other end instead of being copied */
  call<N extends keyof T>(
    name: N,
    request: T[N]['request'],
    transfer: readonly ArrayBuffer[] = [],
  ): Promise<Outcome<T[N]['answer'], F>> {
    if (this.#ended !== undefined) return Promise.resolve({ err: this.#ended });
    const id = ++this.lastId;
    return new Promise((resolve, reject) => {
      this.#pending.set(id, resolve);
      try {
        this.post({ id, call: name, request } as Question<T>, transfer);
      } catch (error) {
        this.#pending.delete(id);
        reject(error);
      }
    });
  }

  /** Takes an answer. One that nobody waits for is dropped. */
  receive({ id, outcome }: Reply<T, F>): void {
    const resolve = this.#pending.get(id);
    this.#pending.delete(id);
    resolve?.(outcome as Outcome<never, F>);
  }

  /** Nothing will be answered any more: gives this failure to all that wait, and to all that ask from now on. */
  end(failure: F): void {
    if (this.#ended !== undefined) return;
    this.#ended = failure;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const resolve of pending) resolve({ err: failure });
  }
}

/** The answering end: a function for each question. */
type Handlers<T extends Table<T>> = {
  readonly [N in keyof T]: (request: T[N]['request']) => T[N]['answer'] | Promise<T[N]['answer']>;
};

/** Carries out a question. @param toFailure what becomes of an error that a handler throws */
export async function answer<T extends Table<T>, F>(
  handlers: Handlers<T>,
  { id, call, request }: Question<T>,
  toFailure: (error: unknown) => F,
): Promise<Reply<T, F>> {
  try {
    return { id, outcome: { ok: await handlers[call](request) } };
  } catch (error) {
    return { id, outcome: { err: toFailure(error) } };
  }
}

/** Runs one task at a time; of those that come meanwhile only the newest waits, the others are dropped. */
export class Throttler {
  #isBusy = false;
  #waiting: { readonly start: () => void; readonly drop: () => void } | undefined;

  /** What the task gives; undefined if it was dropped. */
  async queue<T>(task: () => Promise<T>): Promise<T | undefined> {
    if (this.#isBusy) {
      const isNext = await new Promise<boolean>(resolve => {
        this.#waiting?.drop();
        this.#waiting = { start: () => resolve(true), drop: () => resolve(false) };
      });
      if (!isNext) return undefined;
    }
    this.#isBusy = true;
    try {
      return await task();
    } finally {
      this.#isBusy = false;
      const next = this.#waiting;
      this.#waiting = undefined;
      if (next) {
        // Kept busy until the next one runs, so that nobody comes in between.
        this.#isBusy = true;
        next.start();
      }
    }
  }
}
