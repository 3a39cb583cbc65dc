/** Holds a state that changes only through events. */
export class Store<State, Event> {
  #state: State;

  /** @param onChange called after each event that has changed the state */
  constructor(
    initial: State,
    private readonly reduce: (state: State, event: Event) => State,
    private readonly onChange: (state: State, before: State) => void,
  ) {
    this.#state = initial;
  }

  get state(): State {
    return this.#state;
  }

  dispatch(event: Event): void {
    const before = this.#state;
    this.#state = this.reduce(before, event);
    if (this.#state !== before) this.onChange(this.#state, before);
  }
}
