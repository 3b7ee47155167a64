import type { Pod } from './render.js';

export const containersOf = ({ spec }: Pod) => [...spec.containers, ...(spec.initContainers ?? [])];

/** What the restricted Pod Security Standard forbids. */
export function restrictedViolationsOf(pod: Pod): string[] {
  const { securityContext: own = {}, volumes = [] } = pod.spec;
  const found: string[] = [];
  if (own['runAsNonRoot'] !== true) found.push('runAsNonRoot');
  if (own['runAsUser'] === 0) found.push('runAsUser');
  if ((own['seccompProfile'] as { type?: string } | undefined)?.type !== 'RuntimeDefault')
    found.push('seccomp');
  for (const key of Object.keys(pod.spec)) if (/^host(Network|PID|IPC|Users)$/.test(key)) found.push(key);
  const allowed = ['name', 'configMap', 'emptyDir', 'projected', 'secret', 'persistentVolumeClaim'];
  for (const key of volumes.flatMap(Object.keys)) if (!allowed.includes(key)) found.push(`volume ${key}`);
  for (const { securityContext: inner = {}, name } of containersOf(pod)) {
    if (inner['allowPrivilegeEscalation'] !== false) found.push(`${name}: escalation`);
    if (JSON.stringify(inner['capabilities']) !== '{"drop":["ALL"]}') found.push(`${name}: capabilities`);
    // Beyond the standard.
    if (inner['readOnlyRootFilesystem'] !== true) found.push(`${name}: root file system`);
    if (inner['privileged'] !== undefined || inner['runAsUser'] === 0) found.push(`${name}: privileged`);
  }
  return found;
}
