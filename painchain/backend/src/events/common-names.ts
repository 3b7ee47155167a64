import { HttpUrl, type JsonObject, type JsonValue, limits } from '@painchain/contract';

/** What an event is filtered by, as far as its data tells under a common name. */
export interface Described {
  type?: string;
  status?: string;
  actor?: string;
  url?: string;
  environment?: string;
  severity?: string;
  subject?: string;
}

// The first name that holds something usable wins: how it ended before where it stands, pages before API addresses.
const namesOf = {
  type: ['event_type', 'eventType', 'event_name', 'type'],
  status: ['conclusion', 'status', 'state', 'outcome', 'result'],
  actor: [
    'actor',
    'author',
    'user',
    'sender',
    'pusher',
    'user_name',
    'username',
    'triggered_by',
    'committer',
  ],
  url: ['html_url', 'web_url', 'url', 'link', 'permalink'],
  environment: ['environment', 'env', 'deployment_environment'],
  severity: ['severity', 'level'],
  subject: ['subject'],
} as const satisfies Record<keyof Described, readonly string[]>;

const namesInObject = ['login', 'username', 'user_name', 'name', 'display_name'];

const control = /[\u0000-\u001f\u007f]/;

/** Reads the describing fields from the data's own top level. Takes short plain texts only, never throws. */
export function describe(data: JsonObject): Described {
  const described: Described = {};
  for (const field of Object.keys(namesOf) as (keyof Described)[]) {
    for (const name of namesOf[field]) {
      const text = Object.hasOwn(data, name) ? read(field, data[name] as JsonValue) : undefined;
      if (text === undefined) continue;
      described[field] = text;
      break;
    }
  }
  return described;
}

function read(field: keyof Described, value: JsonValue): string | undefined {
  if (field === 'url') return address(value);
  if (typeof value === 'string') return sane(value, limits[field]);
  if (field !== 'actor' && field !== 'environment') return undefined;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  for (const name of namesInObject) {
    const inner = Object.hasOwn(value, name) ? value[name] : undefined;
    const text = typeof inner === 'string' ? sane(inner, limits[field]) : undefined;
    if (text !== undefined) return text;
  }
  return undefined;
}

function sane(value: string, max: number): string | undefined {
  const text = value.trim();
  return text.length > 0 && text.length <= max && !control.test(text) ? text : undefined;
}

// An address with a user in it may hold a password, and would be shown as a link.
function address(value: JsonValue): string | undefined {
  const parsed = HttpUrl.safeParse(value);
  if (!parsed.success) return undefined;
  const { username, password } = new URL(parsed.data);
  return username === '' && password === '' ? parsed.data : undefined;
}
