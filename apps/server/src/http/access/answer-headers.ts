import type { RequestHandler } from 'express';

/**
 * What every answer of the API says of itself. It is for whoever asked, at this moment: nobody keeps it, unless the route
 * says otherwise. And it is data of ours: no other site shows it, loads it, or has it taken for something else than it is.
 */
const HEADERS = {
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
} as const;

/** Sets the headers of the API's answers before anybody answers. */
export const answerHeaders: RequestHandler = (_request, response, next) => {
  response.set(HEADERS);
  next();
};
