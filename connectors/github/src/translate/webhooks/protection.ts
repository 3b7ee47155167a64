import type { Translation } from '@painchain/connector-sdk';
import type { Configured } from '@painchain/connector-sdk/wording';
import { z } from 'zod';
import { type ConfigurationChange, configurationEvent } from '../configuration.js';
import { fingerprint, readRuleset } from '../configured.js';
import { readHook } from '../hook.js';
import { Login, repositoryOf } from '../payload.js';
import { ignored, unsupported } from '../reasons.js';
import { type Delivery, whenReceived } from './delivery.js';

const Changes = z.record(z.string(), z.unknown()).catch({});

const RulesetPayload = z.object({
  action: z.enum(['created', 'edited', 'deleted']),
  repository_ruleset: z.unknown(),
  changes: Changes.optional(),
  sender: Login,
});

/** Texts that a webhook says the former value of: a name, an enforcement. */
const Was = z.object({ from: z.string() });

/** A webhook says that some of the rules have changed, so all of them are shown. */
function valueOf({ values }: Configured, field: string): unknown {
  if (field !== 'rules') return values[field] ?? null;
  return Object.fromEntries(Object.entries(values).filter(([name]) => name.startsWith('rule_')));
}

/** The webhook `repository_ruleset`, which has the ruleset as asking for it has. */
export function rulesetWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  if (!repository) return ignored('foreign');
  const read = RulesetPayload.safeParse(payload);
  const ruleset = readRuleset(read.data?.repository_ruleset);
  if (!read.success || !ruleset) return unsupported('repository_ruleset');
  const { action, changes = {}, sender } = read.data;
  // Without its rules, what it became can't be told from what asking for it shows.
  if (action !== 'deleted' && !ruleset.whole) return ignored('fuller');
  const change: ConfigurationChange = {
    part: 'ruleset',
    id: ruleset.id,
    name: ruleset.name,
    how: action === 'edited' ? 'changed' : action,
    after: fingerprint(ruleset.values),
    fields: Object.entries(changes).map(([field, value]) => {
      const was = Was.safeParse(value);
      const after = valueOf(ruleset, field);
      return was.success ? { field, before: was.data.from, after } : { field, after };
    }),
  };
  return configurationEvent(change, repository, {
    when: whenReceived(delivery),
    actor: sender,
    sighting: {},
  });
}

const MetaPayload = z.object({ action: z.literal('deleted'), hook: z.unknown(), sender: Login });

/** The webhook `meta`: the webhook that tells it is gone. */
export function metaWebhook(payload: unknown, host: string, delivery: Delivery): Translation {
  const repository = repositoryOf(payload, host);
  if (!repository) return ignored('foreign');
  const read = MetaPayload.safeParse(payload);
  const hook = readHook(read.data?.hook);
  if (!read.success || !hook) return unsupported('meta');
  const change: ConfigurationChange = {
    part: 'webhook',
    id: hook.id,
    name: hook.name,
    how: 'deleted',
    after: '',
    fields: [],
  };
  return configurationEvent(change, repository, {
    when: whenReceived(delivery),
    actor: read.data.sender,
    sighting: {},
  });
}
