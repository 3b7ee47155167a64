import { type RefSnapshot, packRefs, prefixOf, unpackRefs } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { nothing } from '../../translate/push.js';

/** No list of what is unclear is longer: it is a part of a cursor. */
const mostUnclear = 100;
const mostFirm = 30;

const Name = z.string().max(1_000);
const Digits = z.string().max(64);
const Instant = z.iso.datetime({ offset: true });

export const HeadsState = z.object({
  refs: z
    .string()
    .max(20_000)
    .refine((packed) => unpackRefs(packed) !== undefined),
  /** There are more refs than are remembered. */
  limited: z.literal(true).optional(),
  /** Those that are remembered before all others. */
  firm: z.array(Name).max(mostFirm).optional(),
  loose: z.array(z.tuple([Name, Digits, Digits, Instant])).max(mostUnclear),
  open: z.array(z.tuple([Name, Digits, Instant.nullable(), Instant])).max(mostUnclear),
  guessed: z.array(z.tuple([Name, Digits, Digits])).max(mostUnclear),
});
export type HeadsState = z.infer<typeof HeadsState>;

/** A step of a ref's: from one commit to another. Of where it began, only the first digits may be known. */
export type Step = readonly [name: string, before: string, after: string];

/** Where a ref was listed, though nothing has told how it came there, and the two lists that it moved between. */
export type Unexplained = readonly [name: string, sha: string, from: string | null, to: string];

const gone = prefixOf(nothing);

function isSame(one: string, other: string): boolean {
  return prefixOf(one) === prefixOf(other);
}

/**
 * Where refs stand by what was told of them. Two ways lead here: entries of the activity, which may be late, out of
 * order or missing, and lists of what is there, which don't say how it came to be. What both say is one step.
 */
export class RefHeads {
  readonly #heads: Map<string, string>;
  /** Some were left out: of what isn't remembered nobody knows whether it was there. */
  readonly #isLimited: boolean;
  #firm: readonly string[];
  /** Steps that were told, though the one before them hasn't shown yet, and when they happened. */
  #loose: (readonly [name: string, before: string, after: string, at: string])[];
  #open: Unexplained[];
  #isCompared = false;
  #hasMoved = false;
  /** Steps that were told by their difference, as far as no entry has told them since. */
  #guessed: Step[];
  /** Where refs have been by the entries of this round. */
  readonly #passed = new Set<string>();

  /** @param mostCharacters what there is room for in a cursor */
  constructor(
    known: HeadsState | undefined,
    private readonly mostCharacters: number,
  ) {
    const snapshot: RefSnapshot = (known && unpackRefs(known.refs)) ?? new Map();
    this.#heads = new Map(snapshot);
    this.#isLimited = known?.limited === true;
    this.#firm = known?.firm ?? [];
    this.#loose = [...(known?.loose ?? [])];
    this.#open = [...(known?.open ?? [])];
    this.#guessed = [...(known?.guessed ?? [])];
  }

  /** Whether something waits for an entry that explains it. */
  get waits(): boolean {
    return this.#open.length > 0 || this.#loose.length > 0;
  }

  /** Whether refs are remembered elsewhere than before this round: a list that is the same again then says something. */
  get hasMoved(): boolean {
    return this.#hasMoved;
  }

  /** Forty zeros' beginning where there is no such ref; undefined where it isn't remembered. */
  headOf(name: string): string | undefined {
    return this.#heads.get(name) ?? (this.#isLimited ? undefined : gone);
  }

  /** Refs that matter more than others: they are remembered first. */
  prefer(names: readonly string[]): void {
    this.#firm = names.slice(0, mostFirm);
  }

  /** The very first list: all of it was there before. */
  begin(listed: ReadonlyMap<string, readonly string[]>): void {
    for (const [name, [sha = nothing]] of listed) this.#set(name, sha);
    this.#hasMoved = false;
  }

  /**
   * Counts an entry of the activity in; false where a difference has told the same before. `isEarly`: it is from about
   * the time of the very first list, which may have been ahead of it.
   */
  takes(step: Step, at: string, isEarly: boolean): boolean {
    const [name, before, after] = step;
    for (const sha of [before, after]) this.#passed.add(`${prefixOf(sha)} ${name}`);
    if (this.#isGuessed(step)) return false;
    const head = this.headOf(name);
    if (head === undefined || head === prefixOf(before)) {
      this.#guessed = this.#guessed.filter(([other]) => other !== name);
      this.#set(name, after);
      this.#follow(name);
    } else if (!isEarly) {
      this.#loose.push([...step, at]);
    }
    return true;
  }

  /** Refs that stand elsewhere than they should. */
  differences(listed: ReadonlyMap<string, readonly string[]>): string[] {
    const names = new Set([...this.#heads.keys(), ...listed.keys()]);
    return [...names].filter((name) => {
      const head = this.headOf(name);
      return head !== undefined && !this.#shasIn(listed, name).some((sha) => prefixOf(sha) === head);
    });
  }

  /** Compares with what is there; the entries of this round are taken already. */
  compare(listed: ReadonlyMap<string, readonly string[]>, from: string | null, at: string): void {
    this.#isCompared = true;
    const differing = new Set(this.differences(listed));
    const unclear = [...differing].filter(
      (name) => !this.#shasIn(listed, name).some((sha) => this.#hasPassed(name, sha)),
    );
    for (const name of listed.keys()) {
      if (this.headOf(name) === undefined) this.#set(name, this.#shasIn(listed, name)[0] ?? nothing);
    }
    const known = new Map(this.#open.map((open) => [`${open[1]} ${open[0]}`, open]));
    this.#open = unclear.map((name) => {
      const sha = this.#shasIn(listed, name)[0] ?? nothing;
      return known.get(`${sha} ${name}`) ?? [name, sha, from, at];
    });
  }

  /** What has waited long enough for an entry that explains it; `from`: nothing was unclear at that time. */
  unexplained(from: string | null, at: string, patienceMs: number): Unexplained[] {
    this.#open = this.#open.filter(([name, sha]) => !this.#hasPassed(name, sha));
    const open = new Map(this.#open.map((one) => [one[0], one]));
    for (const [name, , after, since] of this.#loose) {
      const [, , , first = since] = open.get(name) ?? [];
      if (!this.#open.some(([other]) => other === name)) open.set(name, [name, after, from, first]);
    }
    const all = [...open.values()];
    if (all.length > mostUnclear) return all;
    return all.filter(([, , , to]) => Date.parse(at) - Date.parse(to) >= patienceMs);
  }

  /** Takes a ref for moved to where it was seen: the steps that nothing has told. */
  moveOn(name: string, sha: string): Step[] {
    const steps: Step[] = [];
    let head = this.headOf(name) ?? gone;
    const loose = this.#loose.filter(([other]) => other === name);
    while (loose.length > 0) {
      const next = loose.findIndex(([, before]) => isSame(before, head));
      const [[, before, after] = [name, head, head]] = loose.splice(Math.max(0, next), 1);
      if (!isSame(before, head)) steps.push([name, head, before]);
      head = after;
    }
    if (!isSame(head, sha)) steps.push([name, head, sha]);
    this.#loose = this.#loose.filter(([other]) => other !== name);
    this.#open = this.#open.filter(([other]) => other !== name);
    this.#guessed = [...this.#guessed.filter(([other]) => other !== name), ...steps];
    this.#set(name, sha);
    return steps;
  }

  get state(): HeadsState {
    const { packed, limited } = packRefs(this.#heads, this.mostCharacters, new Set(this.#firm));
    const short = ([name, before, after]: Step): [string, string, string] => [
      name,
      prefixOf(before),
      prefixOf(after),
    ];
    return {
      refs: packed,
      // What was left out is unknown until all is listed again.
      ...((limited || (this.#isLimited && !this.#isCompared)) && { limited: true }),
      ...(this.#firm.length > 0 && { firm: [...this.#firm] }),
      loose: this.#loose.slice(-mostUnclear).map((step) => [...step]),
      open: this.#open.slice(-mostUnclear).map((open) => [...open]),
      guessed: this.#guessed.slice(-mostUnclear).map(short),
    };
  }

  #shasIn(listed: ReadonlyMap<string, readonly string[]>, name: string): readonly string[] {
    return listed.get(name) ?? [nothing];
  }

  #hasPassed(name: string, sha: string): boolean {
    return this.#passed.has(`${prefixOf(sha)} ${name}`);
  }

  #set(name: string, sha: string): void {
    this.#hasMoved = true;
    if (isSame(sha, nothing)) this.#heads.delete(name);
    else this.#heads.set(name, prefixOf(sha));
  }

  /** Goes on by steps that were told before the one that led to them. */
  #follow(name: string): void {
    for (;;) {
      const next = this.#loose.findIndex(
        ([other, before]) => other === name && prefixOf(before) === this.headOf(name),
      );
      const [step] = next < 0 ? [] : this.#loose.splice(next, 1);
      if (!step) return;
      this.#set(name, step[2]);
    }
  }

  /** An entry that comes after the difference was told is a part of it, from either of its ends. */
  #isGuessed([name, before, after]: Step): boolean {
    const guess = this.#guessed.find(
      ([other, from, to]) => other === name && (isSame(from, before) || isSame(to, after)),
    );
    if (!guess) return false;
    const [, from, to] = guess;
    const rest: Step = isSame(from, before) ? [name, after, to] : [name, from, before];
    this.#guessed = this.#guessed
      .map((other) => (other === guess ? rest : other))
      .filter(([, begin, end]) => !isSame(begin, end));
    return true;
  }
}
