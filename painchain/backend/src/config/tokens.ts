/** Injects the process's logger: `@Inject(LOGGER) logger: Logger`. */
export const LOGGER = Symbol('logger');

/** Injects the registry of Prometheus metrics: `@Inject(METRICS) registry: Registry`. */
export const METRICS = Symbol('metrics');
