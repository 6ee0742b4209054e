import type { CheckOrder, Order, Report } from './channel.ts';
import { importPlugin } from './import-plugin.ts';
import { messageOf } from './message-of.ts';

type Check = (input: unknown) => unknown;

/** Spread alone would leave out the method of a class. */
function declarationOf(plugin: unknown): unknown {
  return typeof plugin === 'object' && plugin !== null ? { ...plugin, check: Reflect.get(plugin, 'check') } : plugin;
}

/** Carries out what the server asks of a plugin. */
export class PluginWork {
  private readonly send: (report: Report) => void;
  private readonly running = new Map<number, AbortController>();
  private readonly restingBytes = process.memoryUsage.rss();
  private settings: Readonly<Record<string, string>> = {};
  private plugin: unknown;

  /** @param send throws when a report cannot be sent, such as a result that is too large */
  constructor(send: (report: Report) => void) {
    this.send = send;
  }

  async obey(order: Order): Promise<void> {
    switch (order.type) {
      case 'load':
        return this.load(order);
      case 'check':
        return this.check(order);
      case 'cancel':
        return this.cancel(order.id);
      case 'ping':
        return this.send({ type: 'alive', memoryBytes: process.memoryUsage.rss() - this.restingBytes });
    }
  }

  private async load({ module, settings }: Extract<Order, { type: 'load' }>): Promise<void> {
    this.settings = settings;
    try {
      this.plugin = await importPlugin(module);
      this.send({ type: 'loaded', declaration: declarationOf(this.plugin) });
    } catch (error) {
      this.send({ type: 'failed', message: `it cannot be loaded: ${messageOf(error)}` });
    }
  }

  private async check({ id, ...order }: CheckOrder & { readonly id: number }): Promise<void> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const report = await this.reportOf(id, order, controller.signal);
    if (!this.running.delete(id)) return; // nobody waits for it any more
    this.sendOrTell(id, report);
  }

  private async reportOf(id: number, order: CheckOrder, signal: AbortSignal): Promise<Report> {
    const startedAt = performance.now();
    try {
      const { check } = this.plugin as { readonly check: Check };
      const input = { ...order, settings: { ...this.settings }, signal };
      const result = await Reflect.apply(check, this.plugin, [input]);
      return { type: 'result', id, latencyMs: performance.now() - startedAt, result };
    } catch (error) {
      return { type: 'threw', id, message: messageOf(error) };
    }
  }

  private sendOrTell(id: number, report: Report): void {
    try {
      this.send(report);
    } catch (error) {
      this.send({ type: 'threw', id, message: `a result that cannot be passed on: ${messageOf(error)}` });
    }
  }

  private cancel(id: number): void {
    const controller = this.running.get(id);
    this.running.delete(id);
    controller?.abort(new DOMException('the time of this check is up', 'TimeoutError'));
  }
}
