import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { SESSION_COOKIE } from './access/cookies.ts';
import { describeAccess, SCHEMES } from './access/describe-access.ts';
import { problemResponse, UNAVAILABLE } from './problem/api-problem.ts';

const DESCRIPTION = `Watches a cluster of machines and tells the truth about them.

Times are RFC 3339 in UTC. Errors are RFC 9457 problem documents with a stable \`code\`. Lists come in pages: pass \`next\` as \`cursor\`.
What is not known is \`null\`, with a reason beside it.

\`x-permission\` of an operation says who may use it: a permission, \`own-account\` (anyone who is signed in by a session), or \`public\`.
In a browser the session cookie is sent by itself; programs send a token of their own, made at \`POST /api/v1/tokens\`. A network that you
may not see is answered as one that does not exist.`;

const COOKIE_DESCRIPTION =
  'Set by signing in and sent by the browser itself: nothing is to be entered here. Over TLS its name is __Host-distomon_session.';
const TOKEN_DESCRIPTION =
  'An API token, "dm_" and 43 characters. It may do what its scopes say, and never more than its account may now.';

/** The OpenAPI 3.1 document of the whole API. */
export function createOpenApiDocument(app: INestApplication, version: string): OpenAPIObject {
  const config = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('distomon')
    .setDescription(DESCRIPTION)
    .setVersion(version)
    .addCookieAuth(SESSION_COOKIE, { type: 'apiKey', in: 'cookie', description: COOKIE_DESCRIPTION }, SCHEMES.session)
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'dm_…', description: TOKEN_DESCRIPTION },
      SCHEMES.token,
    )
    .addGlobalResponse(problemResponse(500, ['INTERNAL']), problemResponse(503, UNAVAILABLE))
    .build();
  return describeAccess(SwaggerModule.createDocument(app, config));
}

/** Where the document and what shows it are served. */
export const DOCUMENT_PATHS = ['/api/docs', '/api/openapi.json', '/api/openapi.yaml'];

/** Serves the document at /api/openapi.json and Swagger UI at /api/docs. */
export function serveOpenApi(app: INestApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('api/docs', app, document, {
    jsonDocumentUrl: 'api/openapi.json',
    yamlDocumentUrl: 'api/openapi.yaml',
    customSiteTitle: 'distomon API',
    // Extensions are where it says which permission a route takes.
    swaggerOptions: { displayRequestDuration: true, tryItOutEnabled: true, showExtensions: true },
  });
}
