import { expect, it } from 'vitest';
import { browserWords } from './user-agent.ts';

const APPLE = 'AppleWebKit/537.36 (KHTML, like Gecko)';

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0', 'Firefox 145 on Linux'],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${APPLE} Chrome/142.0.0.0 Safari/537.36`, 'Chrome 142 on Windows'],
  [`Mozilla/5.0 (X11; Linux x86_64) ${APPLE} HeadlessChrome/156.0.0.0 Safari/537.36`, 'Chrome 156 on Linux'],
  [`Mozilla/5.0 (Windows NT 10.0) ${APPLE} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.1`, 'Edge 142 on Windows'],
  [
    `Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) ${APPLE} Chrome/141.0 Safari/537.36 OPR/125.0`,
    'Opera 125 on macOS',
  ],
  [
    'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Safari/605.1.15',
    'Safari 26 on macOS',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_7 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1',
    'Safari 26 on iPhone',
  ],
  [
    `Mozilla/5.0 (Linux; Android 15; K) ${APPLE} SamsungBrowser/28.0 Chrome/130.0 Mobile Safari/537.36`,
    'Samsung Internet 28 on Android',
  ],
  [`Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) ${APPLE} Chrome/142.0.0.0 Safari/537.36`, 'Chrome 142 on ChromeOS'],
  ['curl/8.5.0', 'curl 8.5'],
  ['python-requests/2.31.0', 'python-requests 2.31'],
  ['Mozilla/5.0 (X11; Linux x86_64)', 'An unknown browser on Linux'],
  ['Mozilla/5.0', 'An unknown browser'],
  ['<script>alert(1)</script>', 'An unknown browser'],
  ['', 'An unknown browser'],
  [null, 'An unknown browser'],
])('%j is %j', (userAgent, words) => {
  expect(browserWords(userAgent)).toBe(words);
});
