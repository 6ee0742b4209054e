/** Where this lib tells what happens: any structured logger whose methods take facts first, then a sentence (pino does). */
export interface JobLog {
  debug(facts: object, message: string): void;
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}
