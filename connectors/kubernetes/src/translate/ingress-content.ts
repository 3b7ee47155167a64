import type { JsonObject, JsonValue } from '@painchain/connector-sdk';
import { isObject } from './json-object.js';

/**
 * The spec of an Ingress as networking.k8s.io/v1 has it, whichever version it was served by:
 * `networking.k8s.io/v1beta1` says the same in other words. An upgrade of the cluster is no edit of its Ingresses.
 * https://kubernetes.io/docs/reference/using-api/deprecation-guide/#ingress-v122
 */
export function ingressSpec({ backend, rules, ...spec }: JsonObject): JsonObject {
  return {
    ...spec,
    ...(backend !== undefined && { defaultBackend: backendOf(backend) }),
    ...(Array.isArray(rules) && { rules: rules.map(ruleOf) }),
  };
}

function ruleOf(rule: JsonValue): JsonValue {
  if (!isObject(rule) || !isObject(rule['http'])) return rule;
  const { paths } = rule['http'];
  return Array.isArray(paths) ? { ...rule, http: { ...rule['http'], paths: paths.map(pathOf) } } : rule;
}

function pathOf(path: JsonValue): JsonValue {
  if (!isObject(path)) return path;
  return { pathType: 'ImplementationSpecific', ...path, backend: backendOf(path['backend'] ?? null) };
}

function backendOf(backend: JsonValue): JsonValue {
  if (!isObject(backend) || backend['serviceName'] === undefined) return backend;
  const { serviceName, servicePort, ...others } = backend;
  const port = typeof servicePort === 'string' ? { name: servicePort } : { number: servicePort ?? null };
  return { ...others, service: { name: serviceName, port } };
}
