import { gone, mutilate } from '@painchain/connector-sdk/testing';
import { canonical, fingerprint } from '@painchain/connector-sdk/wording';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  approvals,
  branches,
  environments,
  everything,
  featureFlags,
  hooks,
  rules,
  secret,
  settings,
  tags,
  variables,
} from '../testing/configured-project.js';
import {
  readApprovalRule,
  readApprovalSettings,
  readFeatureFlag,
  readProject,
  readProtectedBranch,
  readProtectedEnvironment,
  readProtectedTag,
  readVariable,
} from './configured.js';
import { readHook } from './hook.js';

const readers = {
  [settings]: (json: unknown) => readProject(json)?.settings,
  [branches]: readProtectedBranch,
  [tags]: readProtectedTag,
  [environments]: readProtectedEnvironment,
  [approvals]: readApprovalSettings,
  [rules]: readApprovalRule,
  [hooks]: readHook,
  [variables]: readVariable,
  [featureFlags]: readFeatureFlag,
};

const said = Object.entries(everything()).flatMap(([target, script]) => {
  const json = 'json' in script ? script.json : undefined;
  return (Array.isArray(json) ? (json as unknown[]) : [json]).map((item) => ({ target, item }));
});

const strange = fc.oneof(
  fc.constantFrom<unknown>(gone, null, '', -1, 1e300, [], {}, true, '\ud800'),
  fc.jsonValue(),
);

it('whatever stands in a configuration, it is read or it isn’t, and no secret is', () => {
  const blows = fc.array(fc.tuple(fc.nat(), strange), { maxLength: 5 });
  const check = fc.property(fc.constantFrom(...said), blows, ({ target, item }, hurt) => {
    const thing = readers[target]?.(mutilate(item, hurt, []));
    if (!thing) return;
    expect(fingerprint(thing.values)).toHaveLength(14);
    expect(canonical(thing)).not.toContain(secret);
  });
  fc.assert(check, { numRuns: 500 });
});

it('each of what is said here is read', () => {
  expect(said.map(({ target, item }) => readers[target]?.(item) !== undefined)).toEqual(said.map(() => true));
});
