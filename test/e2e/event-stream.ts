/** One server-sent event as it came. */
export interface StreamEvent {
  readonly event: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
}

/** Reads a server-sent event stream until closed; every event is kept. */
export class EventStream {
  readonly events: StreamEvent[] = [];
  readonly status: number;
  /** Closed by us, or ended by the server. */
  isOver = false;
  private readonly closing: AbortController;

  private constructor(answer: Response, closing: AbortController) {
    this.status = answer.status;
    this.closing = closing;
    void this.read(answer);
  }

  static async open(url: string, headers: Record<string, string> = {}): Promise<EventStream> {
    const closing = new AbortController();
    return new EventStream(await fetch(url, { headers, signal: closing.signal }), closing);
  }

  of(event: string): StreamEvent[] {
    return this.events.filter(one => one.event === event);
  }

  close(): void {
    this.closing.abort();
  }

  private async read(answer: Response): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    try {
      for await (const chunk of answer.body ?? []) {
        text += decoder.decode(chunk, { stream: true });
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) this.take(block);
      }
    } catch {
      // closed by us or cut by the server; what came before is kept
    } finally {
      this.isOver = true;
    }
  }

  private take(block: string): void {
    const fields = new Map(
      block.split('\n').map(line => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]),
    );
    const event = fields.get('event');
    if (event !== undefined)
      this.events.push({
        event,
        id: fields.get('id') ?? null,
        data: JSON.parse(fields.get('data') ?? '{}') as Record<string, unknown>,
      });
  }
}
