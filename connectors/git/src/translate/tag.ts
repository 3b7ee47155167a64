import type { Translation } from '@painchain/connector-sdk';
import type { Observation, RefMove, RepositoryFacts, TagDetails } from './facts.js';
import { type When, between, instantOf, whenCommitted, whenNoted } from './when.js';
import { commitRef, commitUrl, short, firstLine, windowData } from './wording.js';

function typeOf({ before, after }: RefMove): string {
  if (before === null) return 'tag_created';
  return after === null ? 'tag_deleted' : 'tag_moved';
}

/** An annotated tag says when it was made. A lightweight one doesn't: it is as old as its commit at most. */
function whenTagged(move: RefMove, { annotation, commit }: TagDetails, observation: Observation): When {
  if (move.after === null) return between(observation);
  if (annotation) return whenNoted(annotation.taggedAt, observation);
  if (!observation.backfill || commit === undefined) return between(observation);
  return { ...whenCommitted(commit.committedAt, observation), time_precision: 'gap' };
}

function titleOf(name: string, move: RefMove, { annotation, commit }: TagDetails): string {
  const [before, after] = [short(move.before?.commit ?? ''), short(move.after?.commit ?? '')];
  if (move.after === null) return `Tag ${name} deleted, was at ${before}`;
  if (move.before !== null) return `Tag ${name} moved from ${before} to ${after}`;
  const words = firstLine(annotation?.message ?? '', '') || firstLine(commit?.message ?? '', '');
  return `Tag ${name} created at ${after}${words === '' ? '' : `: ${words}`}`;
}

function annotationData({ annotation }: TagDetails): object {
  if (annotation === null) return {};
  const { tagger, taggedAt, message } = annotation;
  return { message, tagger, tagged_at: instantOf(taggedAt) };
}

/** A tag's move as one event: made, moved or deleted. */
export function translateTag(
  move: RefMove,
  details: TagDetails,
  repository: RepositoryFacts,
  observation: Observation,
): Translation {
  const name = move.ref.replace(/^refs\/tags\//, '');
  const { identity, project } = repository;
  const shown = move.after ?? move.before;
  const actor = details.annotation?.tagger.name.trim();
  const commits = [move.after?.commit, move.before?.commit].filter((sha) => sha !== undefined);
  return {
    kind: 'events',
    events: [
      {
        key_parts: [
          ...identity,
          'ref',
          move.ref,
          move.before?.object ?? '',
          move.after?.object ?? '',
          String(move.rewinds),
        ],
        title: titleOf(name, move, details),
        type: typeOf(move),
        project,
        ...whenTagged(move, details, observation),
        ...(actor && { actor }),
        ...(shown && commitUrl(repository, shown.commit)),
        subject: `${project}/tag/${name}`,
        refs: [`version:${project}@${name}`, ...[...new Set(commits)].map(commitRef)],
        ...(observation.backfill && { backfill: true }),
        data: {
          tag: name,
          annotated: details.annotation !== null,
          before: move.before?.commit ?? null,
          after: move.after?.commit ?? null,
          ...annotationData(details),
          ...windowData(observation),
          ref: move.ref,
        },
      },
    ],
  };
}
