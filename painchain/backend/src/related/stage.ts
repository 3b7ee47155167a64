import { type ConnectorTypeView, type JsonValue, Stage } from '@painchain/contract';

/**
 * What the words of an event's type say of its station, the last station first: of several the furthest on the way
 * to production holds, so that an `image_push` is no push and a `deploy_job` no job. A release publishes what can be
 * rolled out from then on: it stands with the images.
 */
const stagesByWord: readonly (readonly [Stage, RegExp])[] = [
  ['rollout', /\b(?:rollouts?|rollback|deploy|deploys|deployed|deployments?|sync|synced)\b/],
  ['image', /\b(?:images?|packages?|artifacts?|registry|releases?|released)\b/],
  ['pipeline', /\b(?:runs?|pipelines?|pipelinerun|taskrun|workflows?|builds?|jobs?|checks?)\b/],
  [
    'change',
    /\b(?:(?:pull|merge|change) requests?|reviews?|change (?:created|opened|updated|merged|abandoned))\b|^change$/,
  ],
  ['commit', /\b(?:commits?|push|pushed|branch|tags?)\b/],
];

/** The station that a key names. A version may be a tag, a release or a chart, an environment is a place: none. */
const stagesByKey: ReadonlyMap<string, Stage> = new Map([
  ['commit', 'commit'],
  ['change', 'change'],
  ['run', 'pipeline'],
  ['pipeline', 'pipeline'],
  ['job', 'pipeline'],
  ['image', 'image'],
  ['rollout', 'rollout'],
  ['deployment', 'rollout'],
]);

/** By the words of a type, which may come as `pull_request`, `PullRequest` or `org.example.pull-request.merged`. */
export function stageOfType(type: string): Stage | null {
  const words = type
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/[^\p{L}]+/gu, ' ')
    .trim()
    .toLowerCase();
  return stagesByWord.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}

export function stageOfRef(ref: string): Stage | null {
  const [kind = '', ...name] = ref.split(':');
  return name.length === 0 ? null : (stagesByKey.get(kind) ?? null);
}

export type StageOf = (event: { connector: string; type: string | null }) => Stage | null;

/**
 * The station of any event. A connector may say it of its own types, as `x-painchain: {stage: …}` at the top of an
 * event type's schema, or with `null` that there is none; else the words of the type decide.
 */
export function stagesBy(types: readonly Pick<ConnectorTypeView, 'type' | 'event_schemas'>[]): StageOf {
  const schemas = new Map(types.map(({ type, event_schemas }) => [type, event_schemas]));
  return ({ connector, type }) => {
    if (type === null) return null;
    const events = schemas.get(connector);
    const said = events && Object.hasOwn(events, type) ? saidStage(events[type]?.['x-painchain']) : undefined;
    return said === undefined ? stageOfType(type) : said;
  };
}

/** Undefined: it says nothing that is understood. */
function saidStage(hints: JsonValue | undefined): Stage | null | undefined {
  if (typeof hints !== 'object' || hints === null || Array.isArray(hints)) return undefined;
  if (!Object.hasOwn(hints, 'stage')) return undefined;
  return Stage.nullable().safeParse(hints['stage']).data;
}
