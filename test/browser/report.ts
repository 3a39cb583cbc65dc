/** What a worker that has run a file of tests says. */
export interface Report {
  readonly outcomes: readonly Outcome[];
}

export interface Outcome {
  readonly name: string;
  /** What was thrown; nothing if the test has passed. */
  readonly failure?: string;
}
