import { describe, expect, it } from 'vitest';
import { acceptOf, pathOf } from './paths.js';

const deployments = { groupVersion: 'apps/v1', plural: 'deployments', namespaced: true };
const secrets = { groupVersion: 'v1', plural: 'secrets', namespaced: true };

describe('the way to a scope', () => {
  it('is that of its group, its namespace and its selectors', () => {
    expect(pathOf({ resource: deployments }, { limit: '500' })).toBe('/apis/apps/v1/deployments?limit=500');
    const scope = { resource: secrets, namespace: 'shop', labelSelector: 'owner=helm' };
    expect(pathOf({ ...scope, fieldSelector: 'type=helm.sh/release.v1' }, {})).toBe(
      '/api/v1/namespaces/shop/secrets?labelSelector=owner%3Dhelm&fieldSelector=type%3Dhelm.sh%2Frelease.v1',
    );
  });

  it('asks for no more than metadata where that is enough', () => {
    const scope = { resource: secrets, metadataOnly: true };
    expect([
      acceptOf(scope, 'list'),
      acceptOf(scope, 'watch'),
      acceptOf({ resource: secrets }, 'list'),
    ]).toEqual([
      'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1, application/json',
      'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1, application/json',
      'application/json',
    ]);
  });
});
