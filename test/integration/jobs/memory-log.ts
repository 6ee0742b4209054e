import type { JobLog } from '#jobs';

/** A line that was logged. */
export interface LoggedLine {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly facts: object;
  readonly message: string;
}

/** A log that remembers. */
export class MemoryLog implements JobLog {
  readonly lines: LoggedLine[] = [];

  debug(facts: object, message: string): void {
    this.lines.push({ level: 'debug', facts, message });
  }

  info(facts: object, message: string): void {
    this.lines.push({ level: 'info', facts, message });
  }

  warn(facts: object, message: string): void {
    this.lines.push({ level: 'warn', facts, message });
  }

  error(facts: object, message: string): void {
    this.lines.push({ level: 'error', facts, message });
  }

  /** The messages of one level. */
  of(level: LoggedLine['level']): string[] {
    return this.lines.filter(line => line.level === level).map(line => line.message);
  }
}
