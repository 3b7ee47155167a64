import type { IntegrationView, JsonObject } from '@painchain/contract';
import { editable } from './kept-secret.js';

/** An integration as it is edited. Secrets that are stored already stand in `config` as texts of `kept-secret`. */
export type Draft = {
  type: string;
  name: string;
  /** Empty: none. */
  group: string;
  config: JsonObject;
};

export function emptyDraft(type: string): Draft {
  return { type, name: '', group: '', config: {} };
}

export function draftOf({ type, name, group, config }: IntegrationView): Draft {
  return { type, name, group: group ?? '', config: (editable(config) ?? {}) as JsonObject };
}
