import { type Shape, userOf, written } from '../shape.js';
import type { Release } from '../world/releases.js';
import type { Repository } from '../world/repository.js';
import { type RepositoryAsk, type Route, json, list, notFound, shown } from './reply.js';

function releaseOf(release: Release, { webUrl, defaultBranch }: Repository): Shape<'release'> {
  const { id, tag, name, notes, by, prerelease } = release;
  return {
    id,
    node_id: `RE_${id}`,
    html_url: `${webUrl}/releases/tag/${encodeURIComponent(tag)}`,
    tag_name: tag,
    target_commitish: defaultBranch,
    name,
    body: notes,
    draft: false,
    prerelease,
    created_at: written(release.createdAt),
    published_at: written(release.publishedAt),
    author: userOf(by),
    assets: [
      {
        id: id + 3_000_000,
        name: 'app.tar.gz',
        label: null,
        content_type: 'application/gzip',
        state: 'uploaded',
        size: 1_048_576,
        // Counted up by every download: no change of the release.
        download_count: Math.floor(release.createdAt / 60_000) % 7,
        browser_download_url: `${webUrl}/releases/download/${tag}/app.tar.gz`,
      },
    ],
  };
}

export const releaseRoutes: Route<RepositoryAsk>[] = [
  [
    /^releases$/,
    (ask) => {
      const found = shown(ask.repository.releases, ask, ({ createdAt }) => createdAt);
      return list(found.map((release) => releaseOf(release, ask.repository)));
    },
  ],
  [
    /^releases\/(\d+)$/,
    ({ repository }, id) => {
      const found = repository.releases.find((other) => other.id === Number(id));
      return found ? json(releaseOf(found, repository)) : notFound;
    },
  ],
];
