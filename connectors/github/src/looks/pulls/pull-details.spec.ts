import { describe, expect, it } from 'vitest';
import { ScriptedGitHub } from '../../testing/scripted-github.js';
import { PullDetails } from './pull-details.js';

const path = '/repos/acme/api';
const reviews = `${path}/pulls/42/reviews?per_page=100`;
const detailsOf = (github: ScriptedGitHub) =>
  new PullDetails({ github, path, signal: new AbortController().signal });

describe('the reviews of a pull request', () => {
  it('are asked once, page by page', async () => {
    const github = new ScriptedGitHub().says(reviews, { pages: [[1, 2], [3]] });
    const details = detailsOf(github);
    expect([await details.reviewsOf(42), await details.reviewsOf(42)]).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ]);
    expect(github.asked).toHaveLength(2);
  });

  it.each([
    ['can’t be had', { missing: true } as const],
    ['are no list', { json: { message: 'odd' } }],
    ['are more than anybody reads', { pages: Array.from({ length: 6 }, () => [1]) }],
  ])('are not known where they %s', async (_, script) => {
    expect(await detailsOf(new ScriptedGitHub().says(reviews, script)).reviewsOf(42)).toBeUndefined();
  });
});

describe('pull requests', () => {
  it('are counted, and the answers of the last ones kept', async () => {
    const github = new ScriptedGitHub();
    const numbers = Array.from({ length: 40 }, (_, index) => index + 1);
    for (const number of numbers) github.says(`${path}/pulls/${number}`, { json: { number } });
    const details = detailsOf(github);
    for (const number of [...numbers, 40]) expect(await details.pullOf(number)).toEqual({ number });
    expect([details.count, details.has(1), github.asked.length]).toEqual([40, true, 40]);
    await details.pullOf(1);
    expect(github.asked).toHaveLength(41);
  });
});
