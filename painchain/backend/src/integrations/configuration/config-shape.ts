import type { JsonObject, JsonValue } from '@painchain/contract';
import { isObject, memberOf, referenced } from './json.js';

const mostNested = 32;

/**
 * What a type's config_schema (JSON Schema) says about one place of a configuration: which members it declares
 * there, and whether a value may be shown. Where several subschemas speak (unions, references), all of them
 * must say public: what isn't declared, or is declared twice with doubt, stays sealed.
 */
export class ConfigShape {
  // A list asks the same of each of its items.
  readonly #members = new Map<string, ConfigShape | undefined>();
  #item: { shape: ConfigShape | undefined } | undefined;
  #expanded: readonly JsonObject[] | undefined;

  private constructor(
    private readonly root: JsonObject,
    private readonly schemas: readonly JsonObject[],
    private readonly depth: number,
  ) {}

  static of(schema: JsonObject): ConfigShape {
    return new ConfigShape(schema, [schema], 0);
  }

  /** Whether a value here that has no declared members of its own may be shown. */
  get isPublic(): boolean {
    return this.schemas.every((schema) => this.saysPublic(schema, new Set()));
  }

  /** Whether members are declared here, so that each is shown or sealed on its own. */
  get declaresMembers(): boolean {
    return this.expanded.some(
      (schema) => isObject(schema['properties']) || isObject(schema['additionalProperties']),
    );
  }

  get declaresItems(): boolean {
    const item = this.item();
    return item !== undefined && (item.declaresMembers || item.declaresItems);
  }

  /** Whether a member is declared under this very name, so that the name is no secret either. */
  declares(key: string): boolean {
    return this.expanded.some(({ properties }) => isObject(properties) && Object.hasOwn(properties, key));
  }

  get declaresAny(): boolean {
    return this.expanded.some(({ properties }) => isObject(properties));
  }

  member(key: string): ConfigShape | undefined {
    if (!this.#members.has(key)) this.#members.set(key, this.findMember(key));
    return this.#members.get(key);
  }

  item(): ConfigShape | undefined {
    this.#item ??= { shape: this.below(this.expanded.map((schema) => schema['items'])) };
    return this.#item.shape;
  }

  private findMember(key: string): ConfigShape | undefined {
    return this.below(
      this.expanded.map((schema) => {
        const properties = schema['properties'];
        const declared = isObject(properties) ? memberOf(properties, key) : undefined;
        return declared ?? undeclaredMember(schema);
      }),
    );
  }

  private below(candidates: (JsonValue | undefined)[]): ConfigShape | undefined {
    const schemas = candidates.filter(isObject);
    if (schemas.length === 0 || this.depth === mostNested) return undefined;
    return new ConfigShape(this.root, schemas, this.depth + 1);
  }

  private get expanded(): readonly JsonObject[] {
    this.#expanded ??= this.expand();
    return this.#expanded;
  }

  private expand(): JsonObject[] {
    const all = new Set<JsonObject>();
    const pending = [...this.schemas];
    for (let schema = pending.pop(); schema; schema = pending.pop()) {
      if (all.has(schema)) continue;
      all.add(schema);
      pending.push(...this.subschemas(schema));
    }
    return [...all];
  }

  private subschemas(schema: JsonObject): JsonObject[] {
    const unions = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => {
      const members = schema[keyword];
      return Array.isArray(members) ? members.filter(isObject) : [];
    });
    const target = referenced(this.root, schema);
    const branches = ['then', 'else'].map((keyword) => schema[keyword]).filter(isObject);
    return [...unions, ...branches, ...(target ? [target] : [])];
  }

  private saysPublic(schema: JsonObject, seen: Set<JsonObject>): boolean {
    if (seen.has(schema)) return false;
    seen.add(schema);
    const mark = schema['x-painchain'];
    if (isObject(mark)) return mark['public'] === true;
    const inherited = this.subschemas(schema);
    if (isObject(schema['items'])) inherited.push(schema['items']);
    return inherited.length > 0 && inherited.every((inner) => this.saysPublic(inner, seen));
  }
}

/** What holds for members that have no schema of their own. Like items, they are as public as what they are in. */
function undeclaredMember(schema: JsonObject): JsonValue | undefined {
  const { additionalProperties: given, 'x-painchain': mark } = schema;
  return isObject(given) && mark !== undefined ? { 'x-painchain': mark, ...given } : given;
}
