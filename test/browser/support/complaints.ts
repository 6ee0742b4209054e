import type { BrowserContext, ConsoleMessage, Page, Request, Response } from 'playwright-core';

/** What is written in front of a violation of the content security policy. */
const CSP = 'violates the content security policy:';

/**
 * What a browser had to complain about since it was opened: errors of scripts, errors and warnings on the console, what
 * the content security policy blocked, and files of the dashboard that did not come.
 */
export class Complaints {
  readonly #all: string[] = [];
  readonly #expected: RegExp[] = [];

  /** Listens to all pages of a context, of now and later. */
  static async of(context: BrowserContext): Promise<Complaints> {
    const complaints = new Complaints();
    context.on('console', message => complaints.#console(message));
    context.on('weberror', error => complaints.#add(`error: ${error.error().stack ?? error.error().message}`));
    context.on('response', response => complaints.#answered(response));
    context.on('requestfailed', request => complaints.#failed(request));
    // Some of what the policy blocks is told to nobody but this event.
    await context.addInitScript(csp => {
      addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sourceFile, lineNumber }) =>
        console.error(csp, effectiveDirective, blockedURI, `${sourceFile}:${lineNumber}`),
      );
    }, CSP);
    return complaints;
  }

  /** What a test does on purpose: whatever matches is no complaint, also when it was said before. */
  expect(...patterns: readonly RegExp[]): void {
    this.#expected.push(...patterns);
  }

  /** Those that nobody expected. */
  get unexpected(): readonly string[] {
    return this.#all.filter(text => !this.#expected.some(pattern => pattern.test(text)));
  }

  #console(message: ConsoleMessage): void {
    const { url } = message.location();
    if (['error', 'warning', 'assert'].includes(message.type()))
      this.#add(`console ${message.type()}: ${message.text()} ${url}`.trimEnd());
  }

  #answered(response: Response): void {
    if (response.status() >= 400 && isOurFile(response.request()))
      this.#add(`${response.status()} ${response.request().url()}`);
  }

  /** A page that is left takes its requests with it. */
  #failed(request: Request): void {
    const reason = request.failure()?.errorText ?? '';
    if (isOurFile(request) && reason !== 'net::ERR_ABORTED') this.#add(`${reason} ${request.url()}`);
  }

  #add(text: string): void {
    this.#all.push(text);
  }
}

/** A page, or a file that it is made of; not what it asks the API. */
function isOurFile(request: Request): boolean {
  return !new URL(request.url()).pathname.startsWith('/api/');
}

const known = new WeakMap<BrowserContext, Complaints>();

/** Begins to listen; to be asked for with {@link complaintsOf}. */
export async function listen(context: BrowserContext): Promise<Complaints> {
  const complaints = await Complaints.of(context);
  known.set(context, complaints);
  return complaints;
}

/** What the browser of this page complained about. */
export function complaintsOf(page: Page): Complaints {
  const complaints = known.get(page.context());
  if (complaints === undefined) throw new Error('nobody listens to this page');
  return complaints;
}
