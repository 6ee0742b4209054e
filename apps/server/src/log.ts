import type { IncomingMessage, ServerResponse } from 'node:http';
import type { LoggerService } from '@nestjs/common';
import { pino, type Level, type Logger } from 'pino';
import type { Options } from 'pino-http';
import pretty from 'pino-pretty';
import type { Settings } from '#config';

/** The process's logger: JSON lines on standard output for programs, short lines for a person at a terminal. */
export function createLogger(level: Settings['logLevel'], stream: NodeJS.WriteStream = process.stdout): Logger {
  const options = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { error: pino.stdSerializers.err, err: pino.stdSerializers.err },
  };
  return stream.isTTY
    ? pino(options, pretty({ colorize: true, sync: true, translateTime: 'SYS:HH:MM:ss', singleLine: true }))
    : pino(options);
}

/**
 * How requests are logged: method, path, status and duration. Never headers or the query, which carry people's cookies,
 * tokens and whatever they looked for.
 */
export function httpLogOptions(logger: Logger): Options {
  return {
    logger,
    customLogLevel,
    serializers: {
      req: ({ method, url }: { method: string; url: string }) => ({ method, path: url.replace(/\?.*$/s, '') }),
      res: ({ statusCode }: { statusCode: number }) => ({ status: statusCode }),
    },
  };
}

/** Requests that went well are of no interest by default; ours that failed are. */
function customLogLevel(_request: IncomingMessage, response: ServerResponse, error?: Error): Level {
  if (error !== undefined || response.statusCode >= 500) return 'error';
  return response.statusCode >= 400 ? 'info' : 'debug';
}

/** Nest's own messages in our log. Each step of its start is told, which is of interest only when it does not work. */
export class NestLog implements LoggerService {
  private readonly logger: Logger;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  log(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  debug(message: unknown, context?: string): void {
    this.logger.debug({ context }, String(message));
  }

  verbose(message: unknown, context?: string): void {
    this.logger.trace({ context }, String(message));
  }

  warn(message: unknown, context?: string): void {
    this.logger.warn({ context }, String(message));
  }

  error(message: unknown, stack?: string, context?: string): void {
    this.logger.error({ context, stack }, String(message));
  }
}
