import type { ConnectorTypeView, JsonObject } from '@painchain/contract';
import { type FieldFault, ProblemError } from '../../problem/problem-error.js';
import { configFaults, openCredentials } from './config-faults.js';
import { ConfigShape } from './config-shape.js';

/** What a type of connector says of its configurations. */
export type ConfigType = Pick<ConnectorTypeView, 'type' | 'config_schema'> &
  Partial<Pick<ConnectorTypeView, 'mode'>>;

/** Throws `invalid` unless the configuration fits its type and shows no credential. */
export function refuseFaultyConfig(config: JsonObject, type: ConfigType): void {
  const faults = [
    ...faultsBySchema(config, type),
    ...openCredentials(config, ConfigShape.of(type.config_schema)),
  ];
  refuseFaults(
    faults,
    `The configuration doesn't fit the type ${type.type}. Correct the fields named in errors.`,
  );
}

export function refuseFaults(errors: FieldFault[], detail: string): void {
  if (errors.length > 0) throw new ProblemError('invalid', detail, { errors });
}

function faultsBySchema(config: JsonObject, type: ConfigType): FieldFault[] {
  try {
    return configFaults(config, type.config_schema);
  } catch (cause) {
    // A schema that a connector brought: a reference into nowhere, a pattern that is none.
    const detail = `The config_schema of the type ${type.type} can't be used: correct its connector.yaml.`;
    throw new ProblemError('invalid', detail, { cause });
  }
}
