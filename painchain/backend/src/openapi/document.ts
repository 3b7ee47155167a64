import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { contractVersion } from '@painchain/contract';
import type { z } from 'zod';
import { describeOperations } from './describe-operations.js';
import { toJsonSchema } from './json-schema.js';

const description =
  'What changed before it broke. Every error is application/problem+json (RFC 9457) whose type is one of a closed catalogue.';

/** The API as OpenAPI 3.1: paths and bodies from the controllers, the rest from the table of operations. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('PainChain')
    .setDescription(description)
    .setVersion(contractVersion)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The connector key.' }, 'connector-key')
    .build();
  const scanned = SwaggerModule.createDocument(app, config, {
    standardSchemaConverter: (schema, { schemaType }) => toJsonSchema(schema as z.ZodType, schemaType),
  });
  return describeOperations(scanned);
}
