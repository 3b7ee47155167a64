import { describe, expect, it } from 'vitest';
import { CalmReport } from './calm-report.js';

function reporter(): { said: string[]; clock: { now: number }; report: CalmReport } {
  const said: string[] = [];
  const clock = { now: 0 };
  return {
    said,
    clock,
    report: new CalmReport(
      (line) => said.push(line),
      () => clock.now,
    ),
  };
}

const line = (level: string | number, msg: unknown) => JSON.stringify({ level, msg, token: 'never shown' });

describe('the calm report of a log', () => {
  it('shows warnings and errors and nothing less, by message alone', () => {
    const { said, report } = reporter();
    for (const level of ['debug', 'info', 30, 'warn', 50]) report.read('git', line(level, `at ${level}`));
    expect(said).toEqual(['git: at warn', 'git: at 50']);
  });

  it('says the same thing once a minute', () => {
    const { said, clock, report } = reporter();
    for (const now of [0, 1_000, 59_999, 60_000]) {
      clock.now = now;
      report.read('git', line('warn', 'rate limited'));
    }
    expect(said).toHaveLength(2);
  });

  it('passes over what is no log line', () => {
    const { said, report } = reporter();
    for (const text of ['', 'plain', '{', '{}', '{"level":50}', line('error', { nested: true })]) {
      report.read('git', text);
    }
    expect(said).toEqual([]);
  });

  it('keeps to one line of bearable length', () => {
    const { said, report } = reporter();
    report.read('git', line('error', `${'x'.repeat(1_000)}\nstack`));
    expect(said[0]?.length).toBeLessThan(320);
    expect(said[0]).not.toContain('stack');
  });
});
