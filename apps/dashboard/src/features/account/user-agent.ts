import { fill, messages } from '../../messages/text.ts';

/** What is known of a browser by what it calls itself. */
interface BrowserFacts {
  /** With its main version: "Firefox 145". */
  readonly browser: string | null;
  readonly system: string | null;
}

/** The first that matches: most browsers also claim to be those that they are built like. */
const BROWSERS: readonly [pattern: RegExp, name: string][] = [
  [/\bEdg(?:e|A|iOS)?\/(\d+)/, 'Edge'],
  [/\bOPR\/(\d+)/, 'Opera'],
  [/\bVivaldi\/(\d+)/, 'Vivaldi'],
  [/\bSamsungBrowser\/(\d+)/, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\/(\d+)/, 'Firefox'],
  [/\b(?:Chrome|HeadlessChrome|CriOS)\/(\d+)/, 'Chrome'],
  [/\bVersion\/(\d+)\S* .*\bSafari\//, 'Safari'],
];

const SYSTEMS: readonly [pattern: RegExp, name: string][] = [
  [/\bWindows\b/, 'Windows'],
  [/\bAndroid\b/, 'Android'],
  [/\biPad\b/, 'iPad'],
  [/\biPhone\b/, 'iPhone'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bMac OS X\b|\bMacintosh\b/, 'macOS'],
  [/\bFreeBSD\b/, 'FreeBSD'],
  [/\bLinux\b/, 'Linux'],
];

/** A program that is no browser: "curl/8.5.0", "python-requests/2.31.0". */
const PROGRAM = /^([A-Za-z][\w .-]{0,30})\/(\d+(?:\.\d+)?)/;

/** Reads the header User-Agent, which is made up by whoever sends it. */
function parseUserAgent(userAgent: string | null): BrowserFacts {
  if (userAgent === null) return { browser: null, system: null };
  const system = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  return { browser: browserOf(userAgent) ?? programOf(userAgent), system };
}

/** The browser in words: "Firefox 145 on Linux". */
export function browserWords(userAgent: string | null): string {
  const { browser, system } = parseUserAgent(userAgent);
  const texts = messages.people.browser;
  if (browser === null) return system === null ? texts.unknown : fill(texts.unknownOn, { system });
  return system === null ? browser : fill(texts.on, { browser, system });
}

function browserOf(userAgent: string): string | null {
  for (const [pattern, name] of BROWSERS) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return `${name} ${version}`;
  }
  return null;
}

function programOf(userAgent: string): string | null {
  const [, name, version] = PROGRAM.exec(userAgent) ?? [];
  return name === undefined || version === undefined || name === 'Mozilla' ? null : `${name} ${version}`;
}
