import { describe, expect, it } from 'vitest';
import { createLogger } from './create-logger.js';
import { redactSecret, redactText } from './redact.js';

function capture() {
  const lines: string[] = [];
  const log = createLogger({ name: 'test' }, { write: (line) => void lines.push(line) });
  return { log, lines };
}

describe('the logger', () => {
  it('writes one line of JSON with an RFC 3339 time and the level by name', () => {
    const { log, lines } = capture();
    log.info({ a: 1 }, 'hello\nworld');
    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'info',
      name: 'test',
      a: 1,
      msg: 'hello\nworld',
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/) as string,
    });
  });

  it('lets no secret through, by name, by shape or because it is known', () => {
    const { log, lines } = capture();
    redactSecret('correct "horse" battery');
    redactSecret('p&ss/word');
    const github = `ghp_${'a1'.repeat(18)}`;
    const gitlab = `glpat-${'x'.repeat(20)}`;
    const own = `pc_con_${'Ab1'.repeat(12)}_c0ffee`;
    log.info(
      { token: 'by-name-1', config: { password: 'by-name-2', deep: { api_key: 'by-name-3' } } },
      github,
    );
    log.warn({ url: `https://me:${gitlab}@host/x?k=p%26ss%2Fword` }, `say ${own}`);
    log.error({ err: new Error('correct "horse" battery') }, 'Authorization: Bearer abcdef0123456789xyz');
    const all = lines.join('');
    for (const secret of ['by-name', github, gitlab, own, 'horse', 'p%26ss', 'abcdef0123456789xyz']) {
      expect(all).not.toContain(secret);
    }
    expect(lines.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual([
      'info',
      'warn',
      'error',
    ]);
  });

  it('leaves prose and ordinary addresses as they are', () => {
    const text = 'Basic authentication was added at https://example.org:8080/a@b, see pc_setup and gl-1';
    expect(redactText(text)).toBe(text);
  });

  it('does not blacken the log for a secret that is hardly one', () => {
    redactSecret('a');
    expect(redactText('a banana')).toBe('a banana');
  });

  it('scans a hostile line in no time', () => {
    const started = Date.now();
    redactText(`Bearer ${'a'.repeat(200_000)}`);
    redactText('https://'.repeat(20_000));
    redactText('x'.repeat(200_000) + '://');
    redactText('Basic '.repeat(30_000));
    expect(Date.now() - started).toBeLessThan(1_500);
  });
});
