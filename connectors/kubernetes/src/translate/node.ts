import type { JsonObject, SourceEvent, Translation } from '@painchain/connector-sdk';
import type { ClusterFacts, Sighting, Step } from './facts.js';
import { KeptNode, type NodeCondition } from './kept-node.js';
import { namedData, placeOf } from './metadata.js';
import { type Author, actorData, authorOf, creatorOf, managerData, whenChanged, windowData } from './who.js';
import { environmentRef, firstLine, ignored, refsOf, unsupported } from './wording.js';

/** What has happened to a node, before its place and time are known. */
interface NodeNews {
  key: readonly string[];
  type: string;
  words: string;
  at?: string | undefined;
  author?: Author | undefined;
  status?: string;
  severity?: string;
  data?: JsonObject;
}

/** A step of a node: whether it is there, ready, under pressure, cordoned, and by which kubelet it runs. */
export function translateNode(step: Step, cluster: ClusterFacts, sighting: Sighting): Translation {
  const [before, after] = [step.before, step.after].map((kept) =>
    kept === null ? null : KeptNode.safeParse(kept).data,
  );
  if (before === undefined || after === undefined) return unsupported('Node');
  const shown = after ?? before;
  const news = newsOf(before, after, step, sighting);
  if (!shown || news.length === 0) return ignored('status_only');
  return { kind: 'events', events: news.map((one) => nodeEvent(one, shown, cluster, sighting)) };
}

function newsOf(before: KeptNode | null, after: KeptNode | null, step: Step, sighting: Sighting): NodeNews[] {
  if (!after) return before ? [{ key: ['deleted'], type: 'node_removed', words: 'removed' }] : [];
  if (!before) return [addedNews(after, step)];
  return [
    ...conditionNews(before, after),
    ...cordonNews(before, after, step, sighting),
    ...upgradeNews(before, after),
  ];
}

/** A node isn’t ready when it comes: that it is not is no news, that it becomes ready is. */
function addedNews({ metadata: { creationTimestamp: at }, kubelet }: KeptNode, { managers }: Step): NodeNews {
  const words = kubelet === '' ? 'added' : `added: ${kubelet}`;
  return { key: ['created'], type: 'node_added', words, at, author: creatorOf(managers) };
}

function conditionNews(before: KeptNode, after: KeptNode): NodeNews[] {
  return after.conditions.flatMap((condition) => {
    const was = before.conditions.find(({ type }) => type === condition.type)?.isGood;
    const isNews = was === undefined ? !condition.isGood : was !== condition.isGood;
    return isNews ? [conditionChange(condition)] : [];
  });
}

function conditionChange({ type, isGood, reason, message, at }: NodeCondition): NodeNews {
  const isReady = type === 'Ready';
  const name = type
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .replace('pid ', 'PID ');
  const why = reason === undefined ? '' : `: ${reason}`;
  const readiness = isGood ? 'ready' : `not ready${why}`;
  return {
    key: [type, isGood ? 'good' : 'bad', at ?? ''],
    type: isReady
      ? isGood
        ? 'node_ready'
        : 'node_not_ready'
      : isGood
        ? 'node_pressure_over'
        : 'node_pressure',
    words: isReady ? readiness : isGood ? `has no ${name} any more` : `has ${name}${why}`,
    at,
    status: isGood ? 'success' : 'failure',
    ...(!isGood && { severity: isReady ? 'error' : 'warning' }),
    data: {
      condition: type,
      [isReady ? 'ready' : 'pressure']: { old: isReady ? !isGood : isGood, new: isReady ? isGood : !isGood },
      ...(reason && { reason }),
      ...(message && { message: firstLine(message, message) }),
    },
  };
}

function cordonNews(before: KeptNode, after: KeptNode, { managers }: Step, sighting: Sighting): NodeNews[] {
  if (before.cordoned === after.cordoned) return [];
  const author = authorOf([['spec', 'unschedulable']], managers, sighting);
  const words = after.cordoned ? 'cordoned' : 'uncordoned';
  return [
    {
      key: [words, author?.time ?? before.cordonedAt ?? ''],
      type: `node_${words}`,
      words,
      at: author?.time,
      author,
      data: { cordoned: { old: before.cordoned, new: after.cordoned } },
    },
  ];
}

function upgradeNews({ kubelet: old }: KeptNode, { kubelet, upgrades }: KeptNode): NodeNews[] {
  if (old === '' || old === kubelet) return [];
  const words = `kubelet ${old} → ${kubelet}`;
  const data = { kubelet_version: { old, new: kubelet } };
  return [{ key: ['upgraded', old, kubelet, String(upgrades)], type: 'node_upgraded', words, data }];
}

function nodeEvent(news: NodeNews, node: KeptNode, cluster: ClusterFacts, sighting: Sighting): SourceEvent {
  const { metadata, kubelet, system, cordoned } = node;
  const { name } = metadata;
  const when = whenChanged(news.at, sighting);
  return {
    key_parts: [cluster.uid, metadata.uid, ...news.key],
    title: `Node ${name} ${news.words}`,
    type: news.type,
    ...placeOf({ kind: 'Node', name }, cluster),
    refs: refsOf(environmentRef(cluster.environment)),
    ...when,
    ...actorData(news.author),
    ...(news.status && { status: news.status }),
    ...(news.severity && { severity: news.severity }),
    data: {
      ...namedData({ kind: 'Node', name }, cluster),
      ...news.data,
      ...managerData(news.author),
      node: { ...(kubelet !== '' && { kubelet }), ...system, cordoned },
      kubectl: `kubectl describe node ${name}`,
      ...windowData(when, sighting),
    },
  };
}
