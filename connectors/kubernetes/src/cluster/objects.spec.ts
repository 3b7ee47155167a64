import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readListPage, readWatchLine } from './objects.js';

const object = { metadata: { uid: 'u', name: 'api', resourceVersion: '7' } };
const line = (event: unknown) => readWatchLine(JSON.stringify(event));
const status = (code: number, reason: string, message = '') => ({ kind: 'Status', code, reason, message });

describe('a page of a list', () => {
  it('says of each object what it is, in a built-in kind and in a defined one', () => {
    const own = { ...object, apiVersion: 'acme.test/v1', kind: 'Thing' };
    const page = { apiVersion: 'apps/v1', kind: 'DeploymentList', metadata: { resourceVersion: '9' } };
    expect(readListPage({ ...page, items: [object, own] })).toEqual({
      objects: [{ ...object, apiVersion: 'apps/v1', kind: 'Deployment' }, own],
      resourceVersion: '9',
      next: undefined,
    });
  });

  it('may be empty, which some servers say as null, and ends without a token', () => {
    const metadata = { resourceVersion: '9', continue: '' };
    expect(readListPage({ metadata, items: null })).toMatchObject({ objects: [], next: undefined });
    expect(readListPage({ metadata: { ...metadata, continue: 'more' }, items: [] })?.next).toBe('more');
  });

  it('is none when an object has no identity, or the list no version', () => {
    const metadata = { resourceVersion: '9' };
    expect(readListPage({ metadata, items: [{ metadata: { name: 'api' } }] })).toBeUndefined();
    expect(readListPage({ metadata: {}, items: [] })).toBeUndefined();
  });
});

describe('a line of a watch', () => {
  it('tells what has happened, or how far it has come', () => {
    expect(line({ type: 'ADDED', object })).toEqual({ type: 'ADDED', object });
    const bookmark = { kind: 'Pod', metadata: { resourceVersion: '12', creationTimestamp: null } };
    expect(line({ type: 'BOOKMARK', object: bookmark })).toEqual({ type: 'BOOKMARK', resourceVersion: '12' });
  });

  it.each([
    [status(410, 'Expired', 'too old resource version: 1 (9)')],
    [status(410, 'Gone')],
    [status(504, 'Timeout', 'Too large resource version: 9, current: 1')],
    [status(400, 'BadRequest', 'Invalid resource version "x"')],
  ])('%j means to list anew', (error) => {
    expect(line({ type: 'ERROR', object: error })).toEqual({ type: 'EXPIRED' });
  });

  it('tells of another error with what the server says', () => {
    const error = status(500, 'InternalError', 'etcd');
    const { kind: _, ...told } = error;
    expect(line({ type: 'ERROR', object: error })).toEqual({ type: 'ERROR', status: told });
    expect(line({ type: 'ERROR', object: 'no Status' })).toMatchObject({
      type: 'ERROR',
      status: { code: 0 },
    });
  });

  it('is read or not, whatever a server sends, and never throws', () => {
    const type = fc.constantFrom('ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR', 'OTHER');
    const event = fc.record({
      type,
      object: fc.oneof(fc.jsonValue(), fc.record({ metadata: fc.jsonValue() })),
    });
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      event.map((value) => JSON.stringify(value)),
    );
    fc.assert(
      fc.property(text, (sent) => {
        const read = readWatchLine(sent);
        if (read && 'object' in read) expect(read.object.metadata.uid).toBeTypeOf('string');
      }),
    );
    fc.assert(fc.property(fc.jsonValue(), (sent) => void readListPage(sent)));
  });
});
