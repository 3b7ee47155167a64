import { writeFileSync } from 'node:fs';
import type { Reporter, TestModule } from 'vitest/node';

/** Counts the tests of all projects for the closing line of `npm test`, which waits for it in a file. */
export class CountReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): void {
    const file = process.env.PAINCHAIN_TEST_COUNTS;
    if (file) writeFileSync(file, JSON.stringify(count(modules, unhandled.length)));
  }
}

/** A file that cannot be loaded and an error that no test has caught are failures, though no test is red. */
function count(
  modules: readonly TestModule[],
  unhandled: number,
): { passed: number; failed: number; skipped: number } {
  const counts = { passed: 0, failed: unhandled, skipped: 0 };
  for (const module of modules) {
    let failedHere = 0;
    for (const test of module.children.allTests()) {
      const { state } = test.result();
      if (state === 'failed' || state === 'pending') failedHere += 1;
      else counts[state] += 1;
    }
    if (failedHere === 0 && module.state() === 'failed') failedHere = 1;
    counts.failed += failedHere;
  }
  return counts;
}
