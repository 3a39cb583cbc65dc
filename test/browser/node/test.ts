/** What the tests use of `node:test`: they run one after the other when the file has been read, and are reported. */
import type { Outcome, Report } from '../report';

type Body = () => unknown;

/** A file, or a `describe` in it. */
interface Suite {
  readonly name: string;
  readonly before: Body[];
  readonly after: Body[];
  readonly beforeEach: Body[];
  readonly afterEach: Body[];
  readonly steps: (() => Promise<void>)[];
}

let suite = emptySuite('');
const outcomes: Outcome[] = [];

setTimeout(async () => {
  await runSuite(suite);
  postMessage({ outcomes } satisfies Report);
});

export function test(name: string, ...given: readonly unknown[]): void {
  const body = given.at(-1) as Body;
  const within = suite;
  const full = [within.name, name].filter(Boolean).join(' › ');
  within.steps.push(async () => {
    outcomes.push(
      await runTest(full, async () => {
        for (const each of within.beforeEach) await each();
        try {
          await body();
        } finally {
          for (const each of within.afterEach) await each();
        }
      }),
    );
  });
}

export const it = test;

export function describe(name: string, body: () => void): void {
  const outer = suite;
  const inner = emptySuite([outer.name, name].filter(Boolean).join(' › '));
  suite = inner;
  body();
  suite = outer;
  outer.steps.push(() => runSuite(inner));
}

export const before = (body: Body) => suite.before.push(body);
export const after = (body: Body) => suite.after.push(body);
export const beforeEach = (body: Body) => suite.beforeEach.push(body);
export const afterEach = (body: Body) => suite.afterEach.push(body);

function emptySuite(name: string): Suite {
  return { name, before: [], after: [], beforeEach: [], afterEach: [], steps: [] };
}

async function runSuite({ name, before, after, steps }: Suite): Promise<void> {
  const started = await runTest(`${name} before all`, async () => {
    for (const body of before) await body();
  });
  if (started.failure === undefined) {
    for (const step of steps) await step();
  } else {
    outcomes.push(started);
  }
  for (const body of after) await body();
}

async function runTest(name: string, body: () => Promise<void>): Promise<Outcome> {
  try {
    await body();
    return { name };
  } catch (error) {
    return { name, failure: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

export default test;
