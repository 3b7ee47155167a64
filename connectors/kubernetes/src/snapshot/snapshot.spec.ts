import { describe, expect, it } from 'vitest';
import { Snapshot } from './snapshot.js';

const known = (uid: string, value: unknown = 1, path = `shop/${uid}`) => ({
  uid,
  path,
  kept: { spec: { value: String(value) } },
});

describe('a snapshot', () => {
  it('gives back what it was given, by uid and by path', () => {
    const snapshot = new Snapshot();
    snapshot.set(known('a', 'ünïcode — 🙂'));
    expect(snapshot.get('a')).toEqual(known('a', 'ünïcode — 🙂'));
    expect(snapshot.uidAt('shop/a')).toBe('a');
    snapshot.delete('a');
    expect([snapshot.size, snapshot.get('a'), snapshot.uidAt('shop/a')]).toEqual([0, undefined, undefined]);
  });

  it('holds what is alike, in whatever order its fields are', () => {
    const snapshot = new Snapshot();
    snapshot.set({ uid: 'a', path: 'a', kept: { x: 1, y: [1, 2] } });
    expect(snapshot.holds('a', { y: [1, 2], x: 1 })).toBe(true);
    expect(snapshot.holds('a', { y: [2, 1], x: 1 })).toBe(false);
    expect(snapshot.holds('b', { x: 1, y: [1, 2] })).toBe(false);
  });

  it('leaves a name to whom it has been given since', () => {
    const snapshot = new Snapshot();
    snapshot.set(known('old', 1, 'shop/api'));
    snapshot.set(known('new', 1, 'shop/api'));
    snapshot.delete('old');
    expect(snapshot.uidAt('shop/api')).toBe('new');
  });

  it('counts as changed when a position comes or goes, not when it moves on', () => {
    const snapshot = new Snapshot();
    snapshot.reach('', { version: '1', heard: 1 });
    const { changes } = snapshot;
    snapshot.reach('', { version: '2', heard: 2 });
    expect(snapshot.changes).toBe(changes);
    snapshot.reach('', { heard: 2 });
    expect(snapshot.changes).toBe(changes + 1);
  });

  it('forgets what is no longer looked at', () => {
    const snapshot = new Snapshot();
    for (const path of ['shop/api', 'shopping/api', 'node']) snapshot.set(known(path, 1, path));
    snapshot.reach('shop', { version: '1', heard: 1 });
    snapshot.reach('shopping', { version: '1', heard: 1 });
    snapshot.keepScopes(['shop']);
    expect([...snapshot.paths()]).toEqual([['shop/api', 'shop/api']]);
    expect(Object.keys(snapshot.positions())).toEqual(['shop']);
  });

  it('takes little room for an object', () => {
    const snapshot = new Snapshot();
    const container = {
      name: 'api',
      image: `registry.example.com/shop/api:1.4.2@sha256:${'0f1e2d3c4b5a6978'.repeat(4)}`,
      env: [
        { name: 'LOG_LEVEL', value: 'info' },
        { name: 'DATABASE_URL', value: 'digest:aZ3kQ9xYw0LmPq' },
      ],
      resources: { limits: { cpu: '500m', memory: '512Mi' }, requests: { cpu: '100m', memory: '128Mi' } },
      readinessProbe: { httpGet: { path: '/ready', port: 8080 }, initialDelaySeconds: 5 },
    };
    const template = { metadata: { labels: { app: 'api' } }, spec: { containers: [container] } };
    snapshot.set({ uid: 'a', path: 'shop/api', kept: { spec: { replicas: 3, template } } });
    const [packed] = [...snapshot.content().objects.values()];
    expect(packed?.length).toBeLessThan(400);
  });
});
