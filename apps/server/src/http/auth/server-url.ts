import type { Request } from 'express';

/**
 * Where people reach this server: PUBLIC_URL, else what this request was sent to. Without a trailing slash; paths are added.
 *
 * @param publicUrl as the settings have it, which leave no slash at its end
 */
export function serverUrlOf(request: Request, publicUrl: string | null): string {
  return publicUrl ?? `${request.protocol}://${request.host}`;
}
