import { describe, expect, it } from 'vitest';
import { NewEvent } from './event.js';

const plain = {
  title: 'Push to main branch',
  connector: 'github',
  project: 'acme/backend-api',
  timestamp: '2025-12-26T10:30:00Z',
  data: { event_type: 'push', commits: 3 },
};

function faults(event: unknown): string[] {
  return NewEvent.safeParse(event).error?.issues.map((issue) => issue.path.join('/')) ?? [];
}

describe('NewEvent', () => {
  it('takes the five fields of the plan alone', () => {
    expect(NewEvent.parse(plain)).toEqual(plain);
  });

  it('keeps text byte for byte, spaces at its ends included', () => {
    expect(NewEvent.parse({ ...plain, title: '  padded ' }).title).toBe('  padded ');
  });

  it.each(['title', 'connector', 'project', 'timestamp', 'data'])('names a missing %s', (field) => {
    expect(faults({ ...plain, [field]: undefined })).toEqual([field]);
  });

  it('refuses a blank title, a connector in upper case and data that is no object', () => {
    expect(faults({ ...plain, title: '  ' })).toEqual(['title']);
    expect(faults({ ...plain, connector: 'GitHub' })).toEqual(['connector']);
    expect(faults({ ...plain, data: [1] })).toEqual(['data']);
  });

  it('refuses a misspelt field instead of dropping it', () => {
    const result = NewEvent.safeParse({ ...plain, stauts: 'success' });
    expect(result.error?.issues[0]?.message).toContain('stauts');
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'ftp://host/x', '//host/x', 'not a url'])(
    'refuses %s as a url',
    (url) => {
      expect(faults({ ...plain, url })).toEqual(['url']);
    },
  );
});
