/**
 * Requests and replies over any message channel: between page and host, and between host and engine. Ids, failures as
 * data and dropping outdated requests are implemented only here.
 */

/** Why a request failed. */
export type Failure =
  /** The options are illegal; the message is the framework's own. */
  | { readonly kind: 'refused'; readonly message: string }
  /** No picture is decoded, or none any more. */
  | { readonly kind: 'empty' }
  /** The requested pixels are outside the picture; it, or its pooling, may have become smaller. */
  | { readonly kind: 'outside' }
  /** There is not enough memory. */
  | { readonly kind: 'memory' }
  /** The other end ended by itself or had an unexpected error. */
  | { readonly kind: 'died'; readonly message: string }
  /** The other end was closed on purpose while the request was in flight. */
  | { readonly kind: 'closed' }
  /** A newer request of the same kind came before this one was started. */
  | { readonly kind: 'superseded' };

/** Messages for failures that carry none, in English; translated where they are shown. */
export const failureSentences: Readonly<Partial<Record<Failure['kind'], string>>> = {
  memory: 'There is not enough memory for an output this large.',
  died: 'Pooling failed unexpectedly; the log says more.',
};

export type Outcome<T, F = Failure> = { readonly ok: T } | { readonly err: F };

/** A table of calls: for each name, the types of the request and the answer. */
type Table<T> = { [N in keyof T]: { request: unknown; answer: unknown } };

/** A request as it is sent. */
export type CallMessage<T extends Table<T>, N extends keyof T = keyof T> = {
  [K in N]: { readonly id: number; readonly call: K; readonly request: T[K]['request'] };
}[N];

/** The reply to the request with the same id. */
export interface ReplyMessage<T extends Table<T>, F = Failure> {
  readonly id: number;
  readonly outcome: Outcome<T[keyof T]['answer'], F>;
}

/** The requesting end. Every request gets a reply: from the other end, or from {@link end}. */
export class Channel<T extends Table<T>, F = Failure> {
  readonly #pending = new Map<number, (outcome: Outcome<never, F>) => void>();
  #ended: F | undefined;

  /**
   * @param post sends a request; what it throws rejects the call
   * @param lastId ids count up from here; any number, if replies to an earlier user of the channel may still arrive
   */
  constructor(
    private readonly post: (message: CallMessage<T>, transfer: readonly ArrayBuffer[]) => void,
    private lastId = 0,
  ) {}

  /** @param transfer memory that is moved to the other end, not copied */
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
        this.post({ id, call: name, request } as CallMessage<T>, transfer);
      } catch (error) {
        this.#pending.delete(id);
        reject(error);
      }
    });
  }

  /** Takes a reply; one that no request waits for is dropped. */
  receive({ id, outcome }: ReplyMessage<T, F>): void {
    const resolve = this.#pending.get(id);
    this.#pending.delete(id);
    resolve?.(outcome as Outcome<never, F>);
  }

  /** Ends the channel: all pending and all later requests fail with this failure. */
  end(failure: F): void {
    if (this.#ended !== undefined) return;
    this.#ended = failure;
    const pending = [...this.#pending.values()];
    this.#pending.clear();
    for (const resolve of pending) resolve({ err: failure });
  }
}

/** The replying end: one function per call. */
type Handlers<T extends Table<T>> = {
  readonly [N in keyof T]: (request: T[N]['request']) => T[N]['answer'] | Promise<T[N]['answer']>;
};

/**
 * Carries out a request.
 * @param toFailure turns what a handler throws into a failure
 */
export async function answer<T extends Table<T>, F>(
  handlers: Handlers<T>,
  { id, call, request }: CallMessage<T>,
  toFailure: (error: unknown) => F,
): Promise<ReplyMessage<T, F>> {
  try {
    return { id, outcome: { ok: await handlers[call](request) } };
  } catch (error) {
    return { id, outcome: { err: toFailure(error) } };
  }
}

/** Runs one task at a time. Only the newest waiting task runs; older ones resolve with undefined. */
export class Throttler {
  #isBusy = false;
  #waiting: { readonly start: () => void; readonly drop: () => void } | undefined;

  /** The task's result; undefined if the task was dropped. */
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
        // Stay busy until the waiting task starts, so that no other task gets in between.
        this.#isBusy = true;
        next.start();
      }
    }
  }
}
