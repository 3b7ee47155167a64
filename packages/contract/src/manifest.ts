import { z } from 'zod';
import { ConnectorType } from './event.js';
import { JsonObject } from './json.js';

/**
 * `connector.yaml`: what a type of connector says of itself. The interface renders from it alone, so that no
 * vendor's name stands in its sources.
 *
 * In `config_schema` (JSON Schema 2020-12) a property is public only when it carries `x-painchain: {public: true}`;
 * everything else is sealed at rest and never returned, so that a type that marks nothing leaks nothing.
 */
export const ConnectorManifest = z
  .strictObject({
    type: ConnectorType,
    name: z.string().min(1).max(100).meta({ description: 'As people say it: GitHub.' }),
    description: z.string().max(1_000),
    mode: z.enum(['poll', 'watch', 'webhook', 'internal']).meta({
      description: 'internal: PainChain tells these events of itself; nothing can be connected.',
    }),
    color: z
      .string()
      .regex(/^#[0-9a-fA-F]{6}$/)
      .optional(),
    logo: z.string().max(16_384).optional().meta({
      description: 'The d attribute of an SVG path on a 24 by 24 grid; data, never markup.',
    }),
    documentation: z.url().max(2_048).optional(),
    config_schema: JsonObject,
    event_schemas: z.record(z.string().max(100), JsonObject).default({}),
  })
  .meta({ id: 'ConnectorManifest' });
export type ConnectorManifest = z.infer<typeof ConnectorManifest>;

/** A type of connector as the backend serves it. */
export const ConnectorTypeView = ConnectorManifest.extend({
  built_in: z.boolean(),
  config_example: z.string().nullable().meta({ description: 'config.example.yaml, to start from.' }),
}).meta({ id: 'ConnectorTypeView' });
export type ConnectorTypeView = z.infer<typeof ConnectorTypeView>;

export const ConnectorTypeList = z
  .object({ types: z.array(ConnectorTypeView) })
  .meta({ id: 'ConnectorTypeList' });
export type ConnectorTypeList = z.infer<typeof ConnectorTypeList>;
