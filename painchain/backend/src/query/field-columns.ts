import type { FieldName } from '@painchain/query';

/** Fields whose value is a text, or a list of texts, as it is stored. */
export type TextFieldName = Exclude<FieldName, 'id' | 'integration' | 'timestamp' | 'received_at'>;

/** Where the values of fields are, as SQL over the alias `e` of events. */
export const fieldColumns: Record<TextFieldName, { sql: string; isList: boolean }> = {
  connector: text('e.connector'),
  project: text('e.project'),
  type: text('e.type'),
  status: text('e.status'),
  actor: text('e.actor'),
  environment: text('e.environment'),
  severity: text('e.severity'),
  subject: text('e.subject'),
  tag: list('e.tags'),
  ref: list('e.refs'),
  title: text('e.title'),
  url: text('e.url'),
  key: text('e.key'),
  time_precision: text(`case when e.time_gap then 'gap' else 'exact' end`),
  backfill: text('e.backfill::text'),
};

function text(sql: string) {
  return { sql, isList: false };
}

function list(sql: string) {
  return { sql, isList: true };
}
