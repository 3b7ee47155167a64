import { digest } from '@painchain/connector-sdk/rounds';
import { z } from 'zod';
import { type ImageRepository, isFixed } from '../../translate/image.js';

/** Tags of one project that are watched. */
const remembered = 300;
const letters = { name: 7, image: 5 };

/** By a digest of its repository and name, a tag's image, by one, too; the ones asked for longest ago first. */
export const TagsState = z.array(z.string().max(letters.name + letters.image)).max(500);
export type TagsState = z.infer<typeof TagsState>;

/** A tag as a list shows it. */
export interface ListedTag {
  name: string;
  repository: ImageRepository;
}

function nameOf({ name, repository }: ListedTag): string {
  return digest(`${repository.id}/${name}`, letters.name);
}

/** At which image each tag was. */
export class KnownTags {
  readonly #images: Map<string, string>;

  constructor(known: TagsState = []) {
    this.#images = new Map(
      known.map((entry) => [entry.slice(0, letters.name), entry.slice(letters.name)] as const),
    );
  }

  has(tag: ListedTag): boolean {
    return this.#images.has(nameOf(tag));
  }

  /** Whether it is at this image; undefined where nobody has asked so far. */
  isAt(tag: ListedTag, image: string): boolean | undefined {
    const known = this.#images.get(nameOf(tag));
    return known ? known === digest(image, letters.image) : undefined;
  }

  /** Notes that it was asked for and is at this image; none where there is nothing to see. */
  note(tag: ListedTag, image: string | undefined): void {
    const name = nameOf(tag);
    const before = this.#images.get(name) ?? '';
    this.#images.delete(name);
    this.#images.set(name, image === undefined ? before : digest(image, letters.image));
  }

  /** Notes that it is there, to ask for it by and by. */
  see(tag: ListedTag): void {
    this.#images.set(nameOf(tag), '');
  }

  /** Those among them that are to be asked for next: that were never asked for, then longest ago. */
  due(tags: readonly ListedTag[], { fixed, moving }: { fixed: number; moving: number }): ListedTag[] {
    const order = new Map([...this.#images.keys()].map((name, index) => [name, index]));
    const place = (tag: ListedTag) => {
      const name = nameOf(tag);
      return this.#images.get(name) ? (order.get(name) ?? -1) : -1;
    };
    const first = tags.toSorted((one, other) => place(one) - place(other));
    return [
      ...first.filter(({ name }) => !isFixed(name)).slice(0, moving),
      ...first.filter(({ name }) => isFixed(name)).slice(0, fixed),
    ];
  }

  /** How many more tags can be watched. */
  get room(): number {
    return Math.max(0, remembered - this.#images.size);
  }

  /** What to keep, of tags that are still there. */
  stateOf(tags: readonly ListedTag[]): TagsState {
    const there = new Set(tags.map(nameOf));
    return [...this.#images]
      .filter(([name]) => there.has(name))
      .map(([name, image]) => `${name}${image}`)
      .slice(-remembered);
  }
}
