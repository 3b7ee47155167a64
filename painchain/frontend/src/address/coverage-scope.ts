import type { Query } from '@painchain/query';

/** Which sources a query speaks of. */
export type Scope = {
  /** Any of these; none of them means all. */
  connectors: string[];
  projects: string[];
  /** It asks for nothing else, so that no event of these sources is left out. */
  isWhole: boolean;
};

/** The values that a condition asks for, if it is about this field alone. */
function valuesOf(condition: Query, name: string): string[] | undefined {
  if (condition.kind === 'any') {
    const values = condition.of.map((member) => valuesOf(member, name));
    return values.some((each) => each === undefined) ? undefined : values.flatMap((each) => each ?? []);
  }
  if (condition.kind !== 'field' || condition.field.name !== name || condition.test.kind !== 'is') {
    return undefined;
  }
  return [condition.test.value];
}

/** Of what a query would have to be proved that nothing happened. Two conditions on one field name no sources. */
export function scopeOf(query: Query): Scope {
  const scope: Scope = { connectors: [], projects: [], isWhole: true };
  for (const condition of query.kind === 'all' ? query.of : [query]) {
    const connectors = valuesOf(condition, 'connector');
    const projects = valuesOf(condition, 'project');
    if (connectors?.length && scope.connectors.length === 0) scope.connectors = connectors;
    else if (projects?.length && scope.projects.length === 0) scope.projects = projects;
    else scope.isWhole = false;
  }
  return scope;
}
