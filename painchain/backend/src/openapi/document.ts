import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { contractVersion } from '@painchain/contract';

/** The API as OpenAPI, from the same schemas that validate it. */
export function createDocument(app: NestFastifyApplication): OpenAPIObject {
  const description =
    'What changed before it broke. Errors are application/problem+json (RFC 9457); their types are a closed catalogue.';
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('PainChain')
    .setDescription(description)
    .setVersion(contractVersion)
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'The connector key.' }, 'connector-key')
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves the document at /api/openapi.json and a page to try it at /api/docs; nothing comes from elsewhere. */
export function serveDocument(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => createDocument(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'PainChain API',
  });
}
