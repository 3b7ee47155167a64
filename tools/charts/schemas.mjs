// The schemas of the charts' values: strict, so that a misspelt value is an error and not without effect.

/** @typedef {Record<string, unknown>} Schema */

const text = { type: 'string' };
const flag = { type: 'boolean' };
const count = { type: 'integer', minimum: 0 };
const port = { type: 'integer', minimum: 1, maximum: 65_535 };
/** What Kubernetes itself defines is checked by Kubernetes. */
const free = { type: 'object' };
const frees = { type: 'array', items: free };
const words = { type: 'object', additionalProperties: text };

/** @param {string} pattern */
const matching = (pattern) => ({ type: 'string', pattern });
/** @param {string[]} names */
const oneOf = (...names) => ({ enum: names });

/**
 * @param {Record<string, Schema>} properties
 * @param {Schema} [more]
 */
const exactly = (properties, more = {}) => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...more,
});

const image = exactly({
  repository: matching('^[a-z0-9]'),
  tag: { type: 'string', not: { const: 'latest' } },
  digest: matching('^$|^sha256:[0-9a-f]{64}$'),
  pullPolicy: oneOf('Always', 'IfNotPresent', 'Never'),
});

const user = {
  type: 'object',
  properties: {
    runAsUser: { type: 'integer', minimum: 1 },
    runAsNonRoot: { const: true },
  },
};

const environment = {
  type: 'array',
  items: exactly(
    { name: matching('^[A-Za-z_][A-Za-z0-9_]*$'), value: text, valueFrom: free },
    { required: ['name'] },
  ),
};

const placement = {
  nodeSelector: words,
  tolerations: frees,
  affinity: free,
  priorityClassName: text,
};

const pod = {
  logLevel: oneOf('fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'),
  extraEnv: environment,
  extraVolumes: frees,
  extraVolumeMounts: frees,
  resources: free,
  podSecurityContext: user,
  podAnnotations: words,
  podLabels: words,
  ...placement,
};

const monitor = exactly({ enabled: flag, interval: matching('^[0-9]+(ms|s|m)$'), labels: words });
const fullname = matching('^$|^[a-z]([a-z0-9-]*[a-z0-9])?$');

/** Other charts may have values of their own in here. */
const global = {
  type: 'object',
  properties: {
    imageRegistry: text,
    imagePullSecrets: { type: 'array', items: exactly({ name: text }) },
    painchain: exactly({ fullname, connectorKey: exactly({ existingSecret: text, key: text }) }),
  },
};

/** @param {string} type */
function configOf(type) {
  const connector = exactly(
    { type: { const: type }, project: matching('.'), name: text },
    { required: ['type', 'project'] },
  );
  return exactly({ connector, config: free }, { dependencies: { config: ['connector'] } });
}

const rbac = exactly({
  create: flag,
  scope: oneOf('cluster', 'namespaces'),
  namespaces: { type: 'array', items: matching('^[a-z0-9]([a-z0-9-]*[a-z0-9])?$'), uniqueItems: true },
  secrets: flag,
  identity: flag,
});

/** @param {string} type */
function connectorValues(type) {
  return {
    global,
    enabled: flag,
    fullnameOverride: fullname,
    image,
    config: configOf(type),
    secrets: { ...words, propertyNames: matching('^[A-Za-z_][A-Za-z0-9_]*$') },
    existingSecret: text,
    apiUrl: matching('^$|^https?://.+/api$'),
    connectorKey: exactly({ existingSecret: text, key: text }),
    replicas: count,
    persistence: exactly({
      enabled: flag,
      existingClaim: text,
      size: text,
      storageClass: text,
      annotations: words,
    }),
    serviceAccount: exactly({ create: flag, name: text, automount: flag, annotations: words }),
    ...(type === 'kubernetes' && { rbac }),
    networkPolicy: exactly({
      enabled: flag,
      backend: { ...frees, minItems: 1 },
      egressPorts: { type: 'array', items: port },
      extraEgress: frees,
      metricsFrom: frees,
    }),
    podMonitor: monitor,
    healthHost: text,
    ...pod,
  };
}

const scaling = {
  replicas: count,
  autoscaling: exactly({
    enabled: flag,
    minReplicas: { type: 'integer', minimum: 1 },
    maxReplicas: { type: 'integer', minimum: 1 },
    targetCPUUtilizationPercentage: { type: 'integer', minimum: 1 },
    behavior: free,
  }),
  podDisruptionBudget: exactly({
    enabled: flag,
    maxUnavailable: { oneOf: [{ type: 'integer', minimum: 1 }, matching('^[0-9]+%$')] },
  }),
  strategy: oneOf('RollingUpdate', 'Recreate'),
  topologySpread: exactly({
    enabled: flag,
    topologyKeys: { type: 'array', items: text, minItems: 1 },
    whenUnsatisfiable: oneOf('ScheduleAnyway', 'DoNotSchedule'),
  }),
};

const address = matching('^$|^postgres(ql)?://');
const database = {
  externalDatabase: exactly({
    existingSecret: text,
    urlKey: text,
    appUrlKey: text,
    url: address,
    appUrl: address,
    port,
  }),
  postgresql: exactly({
    enabled: flag,
    image,
    existingSecret: text,
    passwordKey: text,
    persistence: exactly({ size: text, storageClass: text }),
    resources: free,
    podSecurityContext: user,
    ...placement,
  }),
  migration: exactly({ enabled: flag, activeDeadlineSeconds: count, resources: free }),
};

const access = {
  service: exactly({ type: oneOf('ClusterIP', 'NodePort', 'LoadBalancer'), annotations: words }),
  ingress: exactly({
    enabled: flag,
    className: text,
    annotations: words,
    host: matching('^$|^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'),
    tenantHost: matching('^$|^\\*\\.[a-z0-9]([a-z0-9.-]*[a-z0-9])?$'),
    tls: exactly({ enabled: flag, secretName: text }),
  }),
  networkPolicy: exactly({
    enabled: flag,
    from: frees,
    connectorsFrom: frees,
    metricsFrom: frees,
    databaseTo: frees,
    extraEgress: frees,
  }),
};

const painchainValues = {
  global,
  image,
  ...scaling,
  retention: matching('^off$|^[1-9][0-9]{0,3} (day|week|month|year)s?$'),
  allowedHosts: { type: 'array', items: matching('^(\\*\\.)?[a-z0-9][a-z0-9._-]*$') },
  listenHost: text,
  clusterDomain: text,
  sealingKey: exactly({ existingSecret: text, key: text }),
  ...database,
  ...access,
  serviceMonitor: monitor,
  prometheusRule: exactly({ enabled: flag, labels: words }),
  dashboards: exactly({ enabled: flag, labels: words }),
  serviceAccount: exactly({ create: flag, name: text, annotations: words }),
  ...pod,
  // Each connector's chart has a schema of its own.
  'painchain-common': free,
  'git-connector': free,
  'github-connector': free,
  'gitlab-connector': free,
  'kubernetes-connector': free,
};

/**
 * @param {string} [type] of a connector; PainChain's own without
 * @returns {Schema}
 */
export function schemaOf(type) {
  const properties =
    type === undefined ? painchainValues : { ...connectorValues(type), 'painchain-common': free };
  return { $schema: 'http://json-schema.org/draft-07/schema#', ...exactly(properties) };
}
