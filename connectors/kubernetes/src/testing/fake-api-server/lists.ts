import type { JsonObject } from '@painchain/connector-sdk';
import type { KubernetesObject } from '../../cluster/cluster.js';
import { type Answer, refused } from './answer.js';
import type { ServedKind } from './served-kinds.js';
import { SelectorError, selectorOf } from './selectors.js';
import type { Store } from './store.js';

/** What is left of a list that was begun, as everything was then. */
interface Rest {
  revision: number;
  objects: readonly KubernetesObject[];
}

const tooOld = 'The provided continue parameter is too old to display a consistent list result.';

/** Lists by pages, each of one moment: a token is too old once that moment is forgotten. */
export class Lists {
  readonly #rests = new Map<string, Rest>();
  #given = 0;

  constructor(private readonly store: Store) {}

  /** One page, as text. */
  page(kind: ServedKind, namespace: string | undefined, query: URLSearchParams): Answer {
    const token = query.get('continue') ?? '';
    if (token !== '') return this.#next(kind, this.#rests.get(token), query);
    try {
      const selects = selectorOf(query);
      const objects = this.store.list(kind, namespace).filter(selects);
      return this.#next(kind, { revision: this.store.revision, objects }, query);
    } catch (error) {
      if (error instanceof SelectorError) return refused(400, error.message);
      throw error;
    }
  }

  #next(kind: ServedKind, from: Rest | undefined, query: URLSearchParams): Answer {
    if (!from || from.revision < this.store.horizon) return refused(410, tooOld);
    // A list out of the server's cache knows no pages: https://kubernetes.io/docs/reference/using-api/api-concepts/.
    const limit = query.get('resourceVersion') === '0' ? 0 : Number(query.get('limit') ?? 0);
    const page = limit > 0 ? from.objects.slice(0, limit) : from.objects;
    const objects = from.objects.slice(page.length);
    const metadata: JsonObject = { resourceVersion: String(from.revision) };
    if (objects.length > 0) {
      metadata.continue = this.#keep({ revision: from.revision, objects });
      if (!query.get('labelSelector') && !query.get('fieldSelector'))
        metadata.remainingItemCount = objects.length;
    }
    const head = { kind: `${kind.kind}List`, apiVersion: kind.groupVersion, metadata };
    const items = page.map((object) => itemText(object, kind.custom));
    return { status: 200, body: `${JSON.stringify(head).slice(0, -1)},"items":[${items.join(',')}]}\n` };
  }

  #keep(rest: Rest): string {
    const token = Buffer.from(`{"rv":${rest.revision},"n":${++this.#given}}`).toString('base64url');
    this.#rests.set(token, rest);
    return token;
  }
}

const texts = new WeakMap<KubernetesObject, string>();
const itemTexts = new WeakMap<KubernetesObject, string>();

/** An object as text, which is made once however many watch. */
export function textOf(object: KubernetesObject): string {
  const text = texts.get(object) ?? JSON.stringify(object);
  texts.set(object, text);
  return text;
}

/** Items of a list of a built-in kind don't say of which kind they are. */
function itemText(object: KubernetesObject, custom: boolean): string {
  if (custom) return textOf(object);
  const { kind: _, apiVersion: __, ...item } = object;
  const text = itemTexts.get(object) ?? JSON.stringify(item);
  itemTexts.set(object, text);
  return text;
}
