import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { chromium, type Browser, type BrowserContext } from 'playwright-core';

/** Where Debian's package puts it. `CHROMIUM` names another one, such as Chrome on a Mac. */
const PATH = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

const HOW_TO_GET_ONE =
  'the browser tests need Chromium. On Debian: apt-get install chromium fonts-dejavu-core. Elsewhere: CHROMIUM=/path/to/chrome.';

/** Nothing that a test did not ask for: no calls home, no questions, no graphics card. Root has no sandbox. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A browser with an empty profile of its own. It ends when this process does.
 *
 * @throws what to install, when there is none
 */
export async function launchChromium(...more: readonly string[]): Promise<Browser> {
  if (!existsSync(PATH)) throw new Error(`There is no ${PATH}: ${HOW_TO_GET_ONE}`);
  return await chromium.launch({ executablePath: PATH, args: [...FLAGS, ...more] });
}

/**
 * A browser whose tabs are as they are for people: one is seen, the others are hidden. Playwright makes all pages of the
 * browsers that it starts believe that they are seen; it does not when it comes to one that is there already.
 */
export async function openTabs(): Promise<{ browser: Browser; tabs: BrowserContext }> {
  const port = await freePort();
  const started = await launchChromium(`--remote-debugging-port=${port}`);
  const visitor = await chromium.connectOverCDP(`http://127.0.0.1:${port}`, { noDefaults: true });
  const [tabs] = visitor.contexts();
  if (tabs === undefined) throw new Error('the browser has no window');
  return { browser: started, tabs };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
