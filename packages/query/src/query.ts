/** Fields with a name of their own. `data.…` paths are fields, too. */
export const fieldNames = [
  'connector',
  'project',
  'type',
  'status',
  'actor',
  'environment',
  'severity',
  'subject',
  'tag',
  'ref',
  'title',
  'url',
  'key',
  'id',
  'integration',
  'timestamp',
  'received_at',
  'time_precision',
  'backfill',
] as const;
/** A field that has a name of its own. */
export type FieldName = (typeof fieldNames)[number];

/** What a condition looks at: a field by its name, or the place in an event's data where `path` leads. */
export type Field = { name: FieldName } | { name: 'data'; path: readonly string[] };

/** How two values of a field with an order are compared. */
export type Comparison = '>' | '>=' | '<' | '<=';

/** What is asked of a field. Values are text as it was typed; whoever evaluates knows the field's type. */
export type Test =
  | { kind: 'is'; value: string }
  /** A value with `*` in it: the literal texts around the stars, so `a*b` is ['a', 'b'] and `a*` is ['a', '']. */
  | { kind: 'like'; parts: readonly string[] }
  | { kind: 'exists' }
  | { kind: 'compare'; operator: Comparison; value: string };

/**
 * A query as a tree. All of nothing matches everything. Printed and parsed again it is the same tree: `all` and
 * `any` hold no node of their own kind and never just one, `any` is never empty, and `not` holds no `not`.
 */
export type Query =
  | { kind: 'all'; of: readonly Query[] }
  | { kind: 'any'; of: readonly Query[] }
  | { kind: 'not'; of: Query }
  /** Free text: its words stand next to each other, in this order; with `isPrefix` the last one only begins so. */
  | { kind: 'text'; text: string; isPrefix: boolean }
  | { kind: 'field'; field: Field; test: Test };

/** The query that is not asked: every event meets it. */
export const everything: Query = { kind: 'all', of: [] };
