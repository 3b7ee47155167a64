import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { canonical } from '../translate/digest.js';
import type { Kept } from '../translate/facts.js';
import type { Known } from './known.js';

/**
 * A known object in little room: a digest to compare by, behind it the rest, deflated. It is a string of bytes, because a
 * Buffer of its own would take a few hundred bytes more for each of thousands.
 */
export type Packed = string;

const digestBytes = 12;

/** Words that objects are made of, so that they needn't stand in each of them. Packed objects are read by it, too. */
const dictionary = Buffer.from(
  '["{"metadata":{"annotations":{"deployment.kubernetes.io/","meta.helm.sh/release-name":"","meta.helm.sh/release-' +
    'namespace":"","argocd.argoproj.io/tracking-id":"","kubectl.kubernetes.io/restartedAt":""},"labels":{"app":"",' +
    '"k8s-app":"","app.kubernetes.io/component":"","app.kubernetes.io/instance":"","app.kubernetes.io/managed-by":' +
    '"Helm","app.kubernetes.io/name":"","app.kubernetes.io/part-of":"","app.kubernetes.io/version":"","helm.sh/chart' +
    '":"","pod-template-hash":""},"ownerReferences":[{"apiVersion":"apps/v1","blockOwnerDeletion":true,"controller":' +
    'true,"kind":"ReplicaSet","name":"","uid":""}],"creationTimestamp":"2026-01-01T00:00:00Z","generation":1,"name":' +
    '"","namespace":"default"},"rules":[{"apiGroups":[""],"resources":["pods"],"verbs":["get","list","watch"]}],' +
    '"spec":{"type":"ClusterIP","ports":[{"name":"http","port":80,"protocol":"TCP","targetPort":"http"}],"progress' +
    'DeadlineSeconds":600,"replicas":1,"revisionHistoryLimit":10,"selector":{"matchLabels":{"app":""}},"strategy":{' +
    '"rollingUpdate":{"maxSurge":"25%","maxUnavailable":"25%"},"type":"RollingUpdate"},"template":{"metadata":{' +
    '"labels":{"app":""}},"spec":{"containers":[{"args":["--"],"command":["/"],"env":[{"name":"","value":""},{"name"' +
    ':"","valueFrom":{"secretKeyRef":{"key":"","name":""}}},{"valueFrom":{"fieldRef":{"apiVersion":"v1","fieldPath":' +
    '"metadata.namespace"}}}],"image":"","imagePullPolicy":"IfNotPresent","livenessProbe":{"failureThreshold":3,"http' +
    'Get":{"path":"/healthz","port":"http","scheme":"HTTP"},"initialDelaySeconds":10,"periodSeconds":10,"success' +
    'Threshold":1,"timeoutSeconds":1},"name":"","ports":[{"containerPort":8080,"name":"http","protocol":"TCP"}],' +
    '"readinessProbe":{"failureThreshold":3},"resources":{"limits":{"cpu":"500m","memory":"512Mi"},"requests":{"cpu"' +
    ':"100m","memory":"128Mi"}},"securityContext":{"allowPrivilegeEscalation":false,"runAsNonRoot":true},' +
    '"terminationMessagePath":"/dev/termination-log","terminationMessagePolicy":"File","volumeMounts":[{"mountPath":' +
    '"/etc/","name":"","readOnly":true}]}],"dnsPolicy":"ClusterFirst","restartPolicy":"Always","schedulerName":' +
    '"default-scheduler","serviceAccountName":"","terminationGracePeriodSeconds":30,"volumes":[{"configMap":{' +
    '"defaultMode":420,"name":""},"name":""}]}}},"status":{"availableReplicas":1,"conditions":[{"lastTransitionTime' +
    '":"","message":"","reason":"MinimumReplicasAvailable","status":"True","type":"Available"},{"reason":"NewReplica' +
    'SetAvailable","status":"True","type":"Progressing"}],"observedGeneration":1,"readyReplicas":1,"updatedReplicas' +
    '":1}}]',
);

/** A window as large as most objects are: the usual one would take time to be cleared for each of them. */
const deflated = { dictionary, windowBits: 13, memLevel: 5 };

function digestOf(kept: Kept): string {
  return createHash('sha256').update(canonical(kept)).digest().toString('latin1', 0, digestBytes);
}

export function pack({ path, kept }: Known): Packed {
  const content = deflateRawSync(JSON.stringify([path, kept]), deflated);
  return digestOf(kept) + content.toString('latin1');
}

export function unpack(uid: string, packed: Packed): Known {
  const content = inflateRawSync(Buffer.from(packed.slice(digestBytes), 'latin1'), deflated);
  const [path, kept] = JSON.parse(content.toString()) as [string, Kept];
  return { uid, path, kept };
}

/** Whether the kept object is just this. */
export function isPacked(packed: Packed, kept: Kept): boolean {
  return packed.startsWith(digestOf(kept));
}
