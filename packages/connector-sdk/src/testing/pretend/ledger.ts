/** What a place, such as a tag, is like for a while, by the times of who can see it. */
export interface Standing {
  state: string;
  from: number;
  until?: number;
  /** With it the place begins: who sees the place for the first time takes what it sees for the beginning. */
  first: boolean;
  before: Standing | undefined;
}

/**
 * Something that has happened and must be told, written down where it happens. It knows nothing of how the connector
 * finds or words it.
 */
export interface Fact {
  /** The repository or project that it happened in, by its id. */
  source: number;
  /** As its event is called. */
  type: string;
  /** Of its event, without the project in front, which may be renamed. */
  subject: string;
  /** What tells it, beside its instant, from others of the same type and subject. */
  what: string;
  /** When it happened, and since when it shows, in milliseconds since 1970. */
  at: number;
  visibleFrom: number;
  /** Whether its event is sure to tell that very instant. */
  isTimed: boolean;
  /** What shows it, where that doesn't stay: two looks may step over it. */
  standing?: Standing;
}

/**
 * Whether a tag (of an image, too) was made or moved, and whether a push has given up commits, is for whoever has seen
 * all of it to say: who comes later finds it where it stands.
 */
export function typeInWords(type: string): string {
  if (type === 'force_push') return 'push';
  if (type === 'image_published' || type === 'image_tagged') return 'image_set';
  return type === 'tag_created' || type === 'tag_moved' ? 'tag_set' : type;
}

/** Words by which a fact is compared with what was told. */
export function wordsOf({
  type,
  subject,
  what,
  at,
  isTimed,
}: Omit<Fact, 'source' | 'visibleFrom' | 'standing'>): string {
  return `${subject} ${typeInWords(type)} ${what} ${isTimed ? new Date(at).toISOString() : 'in between'}`;
}

/** Whether who looks from `since` on, and at least every `blindMs`, is certain to find it. */
export function isCertain({ standing }: Fact, since: number, blindMs: number): boolean {
  if (!standing) return true;
  const isSeen = ({ from, until = Number.POSITIVE_INFINITY }: Standing) =>
    until - Math.max(from, since) >= blindMs;
  if (!isSeen(standing)) return false;
  if (standing.first) return true;
  // A difference is seen by who has seen what was before, and only if it wasn't the same.
  if (standing.from <= since) return false;
  for (let { before } = standing; before; before = before.before) {
    if (before.state === standing.state) return false;
    if (isSeen(before)) return true;
    if (before.first) return false;
  }
  return true;
}

export class Ledger {
  readonly facts: Fact[] = [];
  readonly #places = new Map<string, Standing>();

  write(fact: Fact): void {
    this.facts.push(fact);
  }

  /** Lets a place be like this from now on. */
  stand(place: string, state: string, from: number, first: boolean): Standing {
    const before = this.#places.get(place);
    if (before) before.until = from;
    const standing = { state, from, first, before };
    this.#places.set(place, standing);
    return standing;
  }
}
