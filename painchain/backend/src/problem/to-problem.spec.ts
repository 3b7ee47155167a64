import { BadRequestException, PayloadTooLargeException } from '@nestjs/common';
import { Problem, type ProblemCode, problems } from '@painchain/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ProblemError } from './problem-error.js';
import { toProblem, toProblemError } from './to-problem.js';
import { toFieldFaults, toPointer } from './validation.js';

describe('problems', () => {
  it('carry what the catalogue says of their code, and the request id', () => {
    for (const code of Object.keys(problems) as ProblemCode[]) {
      const problem = Problem.parse(toProblem(new ProblemError(code, 'do this'), 'id'));
      expect(problem).toMatchObject({ ...problems[code], detail: 'do this', instance: 'id' });
    }
  });

  it('tell nothing of a bug', () => {
    for (const bug of [
      new Error('secret'),
      'secret',
      null,
      undefined,
      { statusCode: 400, message: 'secret' },
    ]) {
      const problem = toProblem(toProblemError(bug), 'id');
      expect(problem).toMatchObject({ status: 500, type: 'urn:painchain:problem:internal' });
      expect(JSON.stringify(problem)).not.toContain('secret');
    }
  });

  it.each([
    [new BadRequestException('x'), 'malformed-request'],
    [new PayloadTooLargeException('x'), 'too-large'],
    [
      Object.assign(new Error('x'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }),
      'unsupported-media-type',
    ],
    [Object.assign(new Error('x'), { code: 'FST_ERR_BAD_URL', statusCode: 400 }), 'malformed-request'],
    [Object.assign(new Error('x'), { code: 'FST_ERR_UNKNOWN', statusCode: 418 }), 'malformed-request'],
    [Object.assign(new Error('x'), { code: 'FST_ERR_UNKNOWN', statusCode: 500 }), 'internal'],
  ])('speak for what Nest and Fastify throw: %s', (error, code) => {
    expect(toProblemError(error).code).toBe(code);
  });

  it('name the kind of body that is understood', () => {
    const error = Object.assign(new Error('x'), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 });
    expect(toProblemError(error).message).toContain('application/json');
  });
});

describe('pointers', () => {
  it('are RFC 6901', () => {
    expect(toPointer([])).toBe('');
    expect(toPointer(['events', 0, { key: 'a/b~c' }])).toBe('/events/0/a~1b~0c');
  });

  it('say that a field is missing in those words', () => {
    const { error } = z.object({ title: z.string() }).safeParse({});
    expect(toFieldFaults(error?.issues ?? [])).toEqual([
      { pointer: '/title', detail: 'is required (string)' },
    ]);
  });

  it('are bounded, however much is wrong', () => {
    const issues = Array.from({ length: 1_000 }, (_, n) => ({ message: 'x'.repeat(1_000), path: [n] }));
    const faults = toFieldFaults(issues);
    expect(faults).toHaveLength(50);
    expect(faults[0]?.detail).toHaveLength(500);
  });
});
