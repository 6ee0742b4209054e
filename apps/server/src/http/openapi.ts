import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { problemResponse, UNAVAILABLE } from './problem/api-problem.ts';

const DESCRIPTION = `Watches a cluster of machines and tells the truth about them.

Times are RFC 3339 in UTC. Errors are RFC 9457 problem documents with a stable \`code\`. Lists come in pages: pass \`next\` as \`cursor\`.
What is not known is \`null\`, with a reason beside it.`;

/** The OpenAPI 3.1 document of the whole API. */
export function createOpenApiDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('distomon')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .addGlobalResponse(
      problemResponse(421, ['NOT_LOOPBACK']),
      problemResponse(500, ['INTERNAL']),
      problemResponse(503, UNAVAILABLE),
    )
    .build();
  return SwaggerModule.createDocument(app, config);
}

/** Serves the document at /api/openapi.json and Swagger UI at /api/docs. */
export function serveOpenApi(app: INestApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'distomon API',
    swaggerOptions: { displayRequestDuration: true, tryItOutEnabled: true },
  });
}
