import type { JsonObject } from '@painchain/connector-sdk';
import { type Answer, nowhere } from './answer.js';
import { type ServedKind, groupOf } from './served-kinds.js';

/** A version's last part is what it is called by: `v1` of `apps/v1`. */
function groupOfDiscovery(name: string, groupVersions: readonly string[]): JsonObject {
  const versions = groupVersions.map((groupVersion) => ({
    groupVersion,
    version: groupVersion.split('/')[1] ?? groupVersion,
  }));
  return { name, versions, preferredVersion: versions[0] ?? {} };
}

function groups(kinds: readonly ServedKind[]): JsonObject {
  const versions = [...new Set(kinds.map(({ groupVersion }) => groupVersion))];
  const names = [...new Set(versions.map(groupOf))].filter((name) => name !== '');
  return {
    kind: 'APIGroupList',
    apiVersion: 'v1',
    groups: names.map((name) =>
      groupOfDiscovery(
        name,
        versions.filter((version) => groupOf(version) === name),
      ),
    ),
  };
}

function resources(groupVersion: string, kinds: readonly ServedKind[]): Answer {
  const served = kinds.filter((kind) => kind.groupVersion === groupVersion);
  if (served.length === 0) return nowhere;
  const verbs = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  const own = served.flatMap(({ kind, plural, namespaced }): JsonObject[] => {
    const resource = { name: plural, singularName: kind.toLowerCase(), namespaced, kind, verbs };
    return [
      resource,
      { ...resource, name: `${plural}/status`, singularName: '', verbs: ['get', 'patch', 'update'] },
    ];
  });
  return { status: 200, body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: own } };
}

function versionInfo(version: string): JsonObject {
  const [, major = '1', minor = '30'] = /^v(\d+)\.(\d+)/.exec(version) ?? [];
  return { major, minor, gitVersion: version, gitTreeState: 'clean', platform: 'linux/amd64' };
}

/** What a server says of itself; undefined of any other path. */
export function discovery(path: string, kinds: readonly ServedKind[], version: string): Answer | undefined {
  if (path === '/version') return { status: 200, body: versionInfo(version) };
  if (path === '/api') return { status: 200, body: { kind: 'APIVersions', versions: ['v1'] } };
  if (path === '/apis') return { status: 200, body: groups(kinds) };
  if (path === '/api/v1') return resources('v1', kinds);
  const [, groupVersion] = /^\/apis\/([^/]+\/[^/]+)$/.exec(path) ?? [];
  return groupVersion === undefined ? undefined : resources(groupVersion, kinds);
}
