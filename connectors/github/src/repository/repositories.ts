import type { Thing, Vendor } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type GitHubConnection, isCredentialFault } from '../api/open-github.js';
import type { EventKind } from '../config.js';
import type { AtRepository } from '../looks/look.js';
import { isNothingToSee, isRefusal, rights } from './rights.js';

const Answer = z.object({
  id: z.int().nonnegative(),
  full_name: z
    .string()
    .max(300)
    .regex(/^[^/]+\/[^/]+$/),
  html_url: z.url({ protocol: /^https?$/ }).max(1_000),
  archived: z.boolean().nullish(),
});

/** How repositories are known to GitHub, and what of them may be read. */
export function repositoriesOf(github: GitHubConnection): Vendor<AtRepository, EventKind> {
  return {
    vendor: 'GitHub',
    noun: 'repository',
    addresses: (name: string, known: Thing | undefined) => [
      `/repos/${name}`,
      `/repos/${known?.fullName ?? name}`,
    ],
    read: (json) => {
      const { data } = Answer.safeParse(json);
      if (!data) return undefined;
      const { id, full_name: fullName, html_url: webUrl, archived } = data;
      return { id, fullName, webUrl: webUrl.replace(/\/+$/, ''), archived: archived === true };
    },
    remedies: {
      missing:
        'Check its name, and that the token or App was given access to it. If it was deleted, take it out of `repositories:`.',
      notPermitted: 'Give the token or App access to this repository, with Metadata: read at least.',
      unreadable: 'Check `base_url`: it must lead to the API, on an Enterprise Server with /api/v3.',
    },
    ownOf: ({ id, fullName, webUrl }) => ({
      github,
      repository: { host: github.host, id, fullName, webUrl },
      path: `/repos/${fullName}`,
    }),
    rights,
    isNothingToSee,
    isRefusal,
    isCredentialFault,
  };
}
