import type { Goal, Measured } from '../measure/row.js';
import { percentile } from '../measure/percentile.js';
import type { Measurement, Suite } from './suite.js';

/** A question as a client asks it, and as hand-written SQL. Both must find the same. */
export interface Question {
  path: string;
  sql: string;
  values: unknown[];
  /** How much an answer holds: what is compared between the two. */
  sizeOf: (answer: never) => number;
  sizeOfRows: (rows: Record<string, unknown>[]) => number;
}

export interface Read {
  name: string;
  ask: (suite: Suite) => Question | Promise<Question>;
  /** What the median, and what the 95th percentile must not pass, in ms. */
  p50AtMost?: number;
  p95AtMost?: number;
}

const rounds = 40;
/** A slow question is asked less often. */
const enoughMs = 12_000;
const fewestRounds = 3;
/** No question may take longer without saying that its answer is not whole. */
const boundMs = 2_000;

/** Measures a question beside its reference, in turn, so that both meet the same weather. */
export function readMeasurement({ name, ask, p50AtMost, p95AtMost }: Read): Measurement {
  return {
    name,
    async run(suite) {
      const question = await ask(suite);
      const faults = new Set<string>();
      const values: number[] = [];
      const references: number[] = [];
      await once(suite, question, faults); // Plans and caches.
      const startedAt = performance.now();
      while (
        values.length < fewestRounds ||
        (values.length < rounds && performance.now() - startedAt < enoughMs)
      ) {
        const { value, reference } = await once(suite, question, faults);
        values.push(value);
        references.push(reference);
      }
      for (const fault of faults) suite.say(`${name}: ${fault}`);
      const row = (share: number, atMost: number | undefined): Measured => ({
        name: `${name} p${share * 100}`,
        value: percentile(values, share),
        reference: percentile(references, share),
        unit: 'ms',
        ...(atMost !== undefined && { goal: { atMost } satisfies Goal }),
        ...(faults.size > 0 && { fault: [...faults].join('; ') }),
      });
      return [row(0.5, p50AtMost), row(0.95, p95AtMost)];
    },
  };
}

async function once(suite: Suite, question: Question, faults: Set<string>) {
  const { status, ms, text } = await suite.stage.api.get(question.path);
  if (status !== 200) throw new Error(`GET ${question.path}: ${status} ${text.slice(0, 300)}`);
  const startedAt = performance.now();
  const { rows } = await suite.sql.query<Record<string, unknown>>(question.sql, question.values);
  const reference = performance.now() - startedAt;
  const answer = JSON.parse(text) as { capped: { reason: string } | null };
  const [size, expected] = [question.sizeOf(answer as never), question.sizeOfRows(rows)];
  if (!answer.capped && size !== expected) faults.add(`found ${size}, the reference ${expected}`);
  if (!answer.capped && ms > boundMs)
    faults.add(`took ${Math.round(ms)} ms and did not say that it was capped`);
  return { value: ms, reference };
}
