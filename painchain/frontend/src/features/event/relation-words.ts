import type { Related, RelatedEvent, Relation } from '@painchain/contract';
import { apart, isSameMoment } from '../../components/offset.js';

type Stage = RelatedEvent['stage'] & string;

/** The stations of a change, as people call them. */
export const stageNames: Record<Stage, string> = {
  commit: 'Commit',
  change: 'Change',
  pipeline: 'Pipeline',
  image: 'Image',
  rollout: 'Rollout',
};

/** A correlation key as people read it: `commit 3f2a9c1b`, `image acme/api@sha256:1f2e3d4c`. */
export function refWords(ref: string): string {
  const colon = ref.indexOf(':');
  const kind = ref.slice(0, Math.max(colon, 0));
  const rest = ref.slice(colon + 1);
  const short = rest.replace(/\b([0-9a-f]{8})[0-9a-f]{32,}\b/g, '$1');
  return kind === '' ? short : `${kind} ${short}`;
}

/** Why an event is related to the one that is open. `titleOf` knows the titles of the other events of the answer. */
export function relationWords(
  relation: Relation,
  openId: string,
  titleOf: (id: string) => string | undefined,
): string {
  if (relation.kind === 'subject') return 'same subject';
  if (relation.kind === 'actor') return `same actor, ${laterWords(relation.seconds)}`;
  const other = relation.from === openId ? undefined : titleOf(relation.from);
  return `shares ${refWords(relation.ref)}${other === undefined ? '' : ` with “${shortened(other)}”`}`;
}

const longestTitle = 48;

function shortened(title: string): string {
  const letters = [...title];
  return letters.length > longestTitle ? `${letters.slice(0, longestTitle).join('').trimEnd()}…` : title;
}

function laterWords(seconds: number): string {
  const ms = seconds * 1_000;
  if (isSameMoment(ms)) return 'at the same moment';
  return `${apart(ms)} ${ms < 0 ? 'earlier' : 'later'}`;
}

/** The titles of all events of an answer, by their ids. */
export function titlesOf({ chain, others }: Related): Map<string, string> {
  const events = [...chain.flatMap((stage) => stage.events), ...others];
  return new Map(events.map(({ row }) => [row.id, row.title]));
}

/** A stage of the chain that nothing was seen of, in words. */
export function missingWords(stage: Stage): string {
  return `No ${stageNames[stage].toLowerCase()} was seen`;
}

/** How many events hang together with the open one. */
export function relatedCount({ chain, others, event }: Related): number {
  return [...chain.flatMap((stage) => stage.events), ...others].filter(({ row }) => row.id !== event).length;
}

/** Those that happened closest to a moment, in their order. */
export function nearest(events: readonly RelatedEvent[], atMs: number, most: number): RelatedEvent[] {
  const distance = ({ row }: RelatedEvent) => Math.abs(Date.parse(row.timestamp) - atMs);
  const kept = new Set([...events].sort((one, other) => distance(one) - distance(other)).slice(0, most));
  return events.filter((event) => kept.has(event));
}

const mostReasons = 2;

/** The strongest reasons, and how many there are beside them. */
export function reasonsInWords(reasons: readonly string[]): string {
  const rest = reasons.length - mostReasons;
  const shown = reasons.slice(0, mostReasons).join(' · ');
  return rest > 0 ? `${shown} · and ${rest} more` : shown;
}
