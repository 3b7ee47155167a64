import { expect, it } from 'vitest';
import { ScriptedGitHub, runLook } from '../testing/scripted-github.js';
import { tags } from './tags/tags.js';

it('a list without an end is given up', async () => {
  const github = new ScriptedGitHub();
  const next = new URL('https://api.github.test/next');
  const json = Array.from({ length: 1_000 }, () => ({}));
  github.get = () => Promise.resolve({ unchanged: false, json, headers: {}, etag: undefined, next });
  await expect(runLook(tags, github)).rejects.toMatchObject({ code: 'answer-too-large' });
});
