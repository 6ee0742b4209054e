import type { IncomingMessage, ServerResponse } from 'node:http';
import { pino, type Level, type Logger } from 'pino';
import type { Settings } from '#config';

/** The process's logger: JSON lines on standard output, times in RFC 3339. */
export function createLogger(level: Settings['logLevel']): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: label => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err },
  });
}

/** Requests that went well are of no interest by default; ours that failed are. */
export function httpLogLevel(_request: IncomingMessage, response: ServerResponse, error?: Error): Level {
  if (error !== undefined || response.statusCode >= 500) return 'error';
  return response.statusCode >= 400 ? 'info' : 'debug';
}
