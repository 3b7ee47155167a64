import { describe, expect, it } from 'vitest';
import { stageOfRef, stageOfType, stagesBy } from './stage.js';

describe('the station of an event', () => {
  it.each([
    ['commit', 'commit'],
    ['push', 'commit'],
    ['force_push', 'commit'],
    ['branch_created', 'commit'],
    ['tag_moved', 'commit'],
    ['pull_request', 'change'],
    ['PullRequestReview', 'change'],
    ['merge-request.merged', 'change'],
    ['dev.cdevents.change.merged.0.1.2', 'change'],
    ['workflow_run', 'pipeline'],
    ['merge_request_pipeline', 'pipeline'],
    ['CheckSuite', 'pipeline'],
    ['dev.cdevents.pipelinerun.finished', 'pipeline'],
    ['image_push', 'image'],
    ['build image', 'image'],
    ['registry_package', 'image'],
    ['release', 'image'],
    ['rollout_failed', 'rollout'],
    ['deployment_status', 'rollout'],
    ['Deployed', 'rollout'],
    ['deploy_job', 'rollout'],
    ['sync', 'rollout'],
  ] as const)('%s is of stage %s by its words', (type, stage) => expect(stageOfType(type)).toBe(stage));

  it.each([
    '',
    '_',
    'config_changed',
    'change_freeze',
    'config_change',
    'scaled',
    'truncated',
    'pullover',
    '変更',
  ])('%j has none', (type) => expect(stageOfType(type)).toBeNull());

  it('is what its connector says of the type, where it says so', () => {
    const hinted = (stage: never) => ({ 'x-painchain': { stage } });
    const stageOf = stagesBy([
      {
        type: 'ci',
        event_schemas: {
          push: hinted('rollout' as never),
          tag: hinted(null as never),
          run: hinted('nonsense' as never),
          job: { 'x-painchain': ['stage'] },
          build: {},
        },
      },
    ]);
    const stages = ['push', 'tag', 'run', 'job', 'build', 'commit', 'constructor', null].map((type) =>
      stageOf({ connector: 'ci', type }),
    );
    expect(stages).toEqual(['rollout', null, 'pipeline', 'pipeline', 'pipeline', 'commit', null, null]);
    expect(stageOf({ connector: 'other', type: 'push' })).toBe('commit');
  });
});

describe('the station that a key names', () => {
  it.each([
    [`commit:${'a'.repeat(40)}`, 'commit'],
    ['change:acme/api#1', 'change'],
    ['run:acme/api/42', 'pipeline'],
    ['image:ghcr.io/acme/api:1', 'image'],
    ['rollout:x', 'rollout'],
    ['env:production', null],
    ['version:acme/api@v1', null],
    ['commit', null],
    ['commits', null],
    ['', null],
    [':', null],
  ] as const)('%s: %s', (ref, stage) => expect(stageOfRef(ref)).toBe(stage));
});
