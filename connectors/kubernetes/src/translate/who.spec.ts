import { describe, expect, it } from 'vitest';
import type { FieldManager } from './facts.js';
import { actorOfManager, authorOf, creatorOf, owns, whenChanged, whenWritten, windowData } from './who.js';

const at = '2026-11-24T10:00:05Z';

function manager(name: string, time: string, fields: FieldManager['fields'], more = {}): FieldManager {
  return { manager: name, operation: 'Update', time: `2026-11-24T${time}Z`, fields, ...more };
}

const imageOf = (container: string) => ({
  'f:spec': {
    'f:template': {
      'f:spec': {
        'f:containers': { [`k:{"name":"${container}"}`]: { '.': {}, 'f:image': {}, 'f:name': {} } },
      },
    },
  },
});
const image = ['spec', 'template', 'spec', 'containers', '[api]', 'image'];

describe('owns', () => {
  it('follows fields, items by their keys and values', () => {
    expect(owns(imageOf('api'), image)).toBe(true);
    expect(owns(imageOf('api'), image.slice(0, 5))).toBe(true);
    expect(owns(imageOf('api'), [...image.slice(0, 5), 'env'])).toBe(false);
    expect(owns(imageOf('web'), image)).toBe(false);
    expect(owns({ 'f:ports': { 'k:{"containerPort":80,"protocol":"TCP"}': {} } }, ['ports', '[80]'])).toBe(
      true,
    );
    expect(owns({ 'f:finalizers': { 'v:"keep"': {} } }, ['finalizers', '[keep]'])).toBe(true);
    expect(owns({ 'f:args': { 'v:"a\\u003cb"': {} } }, ['args', '[a<b]'])).toBe(true);
  });

  it('takes a leaf for all that is below it, and nothing for nothing', () => {
    expect(owns({ 'f:spec': { 'f:strategy': {} } }, ['spec', 'strategy', 'type'])).toBe(true);
    expect(owns({}, ['spec'])).toBe(false);
    expect(owns({ 'k:{broken': {} }, ['[broken]'])).toBe(false);
  });
});

describe('authorOf', () => {
  const argo = manager('argocd-controller', '09:00:00', imageOf('api'));
  const edit = manager('kubectl-edit', '10:00:03', { 'f:spec': { 'f:replicas': {} } });
  const status = manager('kube-controller-manager', '10:00:04', imageOf('api'), { subresource: 'status' });

  it('is the owner of the changed field, however long others wrote later', () => {
    expect(authorOf([image], [edit, argo, status], { at })).toMatchObject({
      actor: 'Argo CD',
      time: argo.time,
    });
    expect(authorOf([['spec', 'replicas']], [edit, argo, status], { at })).toMatchObject({
      actor: 'kubectl edit',
    });
  });

  it('is the last of several owners', () => {
    const later = manager('helm', '10:00:02', imageOf('api'));
    expect(authorOf([image], [argo, later], { at })).toMatchObject({ actor: 'Helm' });
  });

  it('of a field that is gone is whoever wrote right then, else nobody', () => {
    expect(authorOf([['spec', 'paused']], [edit, argo], { at })).toMatchObject({ actor: 'kubectl edit' });
    expect(authorOf([['spec', 'paused']], [argo], { at })).toBeUndefined();
    expect(authorOf([['spec', 'paused']], [argo], { at, since: '2026-11-24T08:00:00Z' })).toMatchObject({
      actor: 'Argo CD',
    });
  });

  it('of a field that is gone is nobody who only owns that something is around it, or has made notes', () => {
    const around = manager('kubectl-create', '10:00:04', { 'f:spec': { 'f:paused': {} } });
    const empty = manager('kubectl-create', '09:00:00', { 'f:metadata': { 'f:labels': { '.': {} } } });
    const notes = manager('kube-controller-manager', '10:00:04', {
      'f:metadata': { 'f:annotations': { 'f:deployment.kubernetes.io/revision': {} } },
    });
    expect(authorOf([['metadata', 'labels', 'team']], [empty, notes, around], { at })).toBeUndefined();
    expect(authorOf([image], [notes, edit], { at })).toMatchObject({ actor: 'kubectl edit' });
  });

  it('of a whole object is none that has only made notes, however soon', () => {
    const notes = manager('kube-controller-manager', '08:00:00', { 'f:metadata': { 'f:annotations': {} } });
    expect(creatorOf([edit, notes])).toMatchObject({ actor: 'kubectl edit' });
    expect(creatorOf([notes])).toMatchObject({ actor: 'kube-controller-manager' });
  });

  it('of a whole object is the first that wrote to it', () => {
    expect(creatorOf([edit, argo, status])).toMatchObject({ actor: 'Argo CD' });
    expect(creatorOf([])).toBeUndefined();
  });
});

it.each([
  ['kubectl-client-side-apply', 'kubectl apply'],
  ['kubectl-rollout', 'kubectl rollout'],
  ['kubectl.exe', 'kubectl'],
  ['argocd-application-controller', 'Argo CD'],
  ['kustomize-controller', 'Flux'],
  ['deploy-bot', 'deploy-bot'],
])('%s is called %s', (name, actor) => {
  expect(actorOfManager(name)).toBe(actor);
});

describe('whenChanged', () => {
  const since = '2026-11-24T09:00:00Z';

  it('believes a time that lies between the two looks', () => {
    expect(whenChanged('2026-11-24T09:30:00Z', { at, since })).toEqual({
      timestamp: '2026-11-24T09:30:00Z',
      time_precision: 'exact',
    });
  });

  it.each([undefined, '2026-11-24T08:00:00Z', '2026-11-24T11:00:00Z', 'nonsense', '2026-11-24 09:30'])(
    'else knows no more than the looks: %s',
    (time) => {
      const when = whenChanged(time, { at, since });
      expect(when).toEqual({ timestamp: at, time_precision: 'gap' });
      expect(windowData(when, { at, since })).toEqual({ seen_between: { from: since, to: at } });
    },
  );

  it('does not date what was watched back to when its field was written before', () => {
    const author = { manager: 'helm', actor: 'Helm', time: '2026-11-24T08:00:00Z' };
    expect(whenWritten(author, { at })).toEqual({ timestamp: at, time_precision: 'exact' });
    const time = '2026-11-24T10:00:03Z';
    expect(whenWritten({ ...author, time }, { at }).timestamp).toBe(time);
  });

  it('knows what was watched to the moment', () => {
    expect(whenChanged(undefined, { at })).toEqual({ timestamp: at, time_precision: 'exact' });
  });
});
