import { describe, expect, it } from 'vitest';
import { KubernetesConfig } from './config.js';
import { shapeOf, watchedKinds } from './watched-kinds.js';

function namesOf(config: object, scope: 'cluster' | 'namespaces' = 'cluster'): string[] {
  return watchedKinds(KubernetesConfig.parse(config), { scope }).map(({ name }) => name);
}

describe('the kinds that are watched', () => {
  it('are the usual ones, or those that are named, without those that are left out', () => {
    expect(namesOf({})).toContain('Deployment');
    expect(namesOf({ kinds: { include: ['Deployment', '*Job'] } }).sort()).toEqual([
      'CronJob',
      'Deployment',
      'Job',
    ]);
    expect(namesOf({ kinds: { exclude: ['*Job'] } })).not.toContain('CronJob');
    expect(namesOf({ kinds: { include: ['*Job'], exclude: ['Job'] } })).toEqual(['CronJob']);
  });

  it('have names of their own', () => {
    const names = namesOf({ kinds: { include: ['*'] }, secrets: 'keys', helm: 'payload' });
    expect(new Set(names).size).toBe(names.length);
  });

  it('are those of namespaces where only Roles are given', () => {
    const config = KubernetesConfig.parse({ kinds: { include: ['*'] } });
    const within = watchedKinds(config, { scope: 'namespaces' });
    expect(within.every(({ resources }) => resources.some(({ namespaced }) => namespaced))).toBe(true);
    expect(within.map(({ name }) => name)).toContain('Deployment');
  });

  it('read no Secret unless somebody asks for it', () => {
    const read = watchedKinds(KubernetesConfig.parse({ kinds: { include: ['*'] } }), { scope: 'cluster' });
    expect(read.flatMap(({ resources }) => resources.map(({ plural }) => plural))).not.toContain('secrets');
  });
});

describe('the shape of what is kept', () => {
  it('changes with what is kept, and with nothing else', () => {
    const shape = (config: object, key = 'a') => shapeOf(KubernetesConfig.parse(config), key);
    expect(shape({ clusters: [{ name: 'a' }], autoscaling: { minutes: 5 } })).toBe(shape({}));
    const others = [
      shape({ redact: ['*_DSN'] }),
      shape({ secrets: 'keys' }),
      shape({ helm: 'labels' }),
      shape({ noise: { revision: false } }),
      shape({}, 'b'),
    ];
    expect(new Set([shape({}), ...others]).size).toBe(6);
  });

  it('changes with the namespaces that are looked at, but not where each is asked for by itself', () => {
    const shape = (scope: 'cluster' | 'namespaces', namespaces: object) =>
      shapeOf(KubernetesConfig.parse({}), 'a', { scope, namespaces });
    expect(shape('cluster', { exclude: ['kube-*'] })).not.toBe(shape('cluster', {}));
    expect(shape('cluster', { include: ['shop'] })).not.toBe(shape('cluster', { include: ['shop', 'data'] }));
    expect(shape('namespaces', { include: ['shop'] })).toBe(
      shape('namespaces', { include: ['shop', 'data'] }),
    );
  });
});
