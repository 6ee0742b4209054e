import { request } from 'node:http';

const TIMEOUT_MS = 4_000;
const [socketPath = '', host = '', port = ''] = process.argv.slice(2);

/** The answer says which check failed: `docker inspect` shows it. */
function finish(ok: boolean, text: string): void {
  process.stdout.write(`${text}\n`, () => process.exit(ok ? 0 : 1));
}

request({
  ...(socketPath === '' ? { host, port } : { socketPath }),
  path: '/readyz',
  signal: AbortSignal.timeout(TIMEOUT_MS),
})
  .on('response', response => {
    let body = '';
    response.setEncoding('utf8').on('data', (text: string) => (body += text));
    response.on('end', () => finish(response.statusCode === 200, `${response.statusCode} ${body}`));
    response.on('error', error => finish(false, error.message));
  })
  .on('error', error => finish(false, error.message))
  .end();
