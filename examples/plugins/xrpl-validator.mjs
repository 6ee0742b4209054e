/**
 * A plugin for distomon: watches a server of the XRP Ledger (rippled, xrpld) by its JSON-RPC method `server_info`
 * (https://xrpl.org/docs/references/http-websocket-apis/public-api-methods/server-info-methods/server_info).
 * How to install it, and how to write another one: docs/plugins.md.
 */

const STATES = ['disconnected', 'connected', 'syncing', 'tracking', 'full', 'validating', 'proposing'];

/** Errors of the network, and what distomon calls them. Whatever is not listed here is `bad_response`. */
const REASONS = {
  ECONNREFUSED: 'refused',
  ENOTFOUND: 'dns',
  EAI_AGAIN: 'dns',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  UND_ERR_SOCKET: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
};

const MAX_CHARACTERS = 1_000_000;

export default {
  kind: 'xrpl-validator',
  description: 'A server of the XRP Ledger: its state, its peers, and the age of its last validated ledger.',
  needs: 'address',
  parameters: {
    url: {
      type: 'url',
      required: true,
      description: 'Its JSON-RPC port, such as http://10.0.0.11:5005; with `on`, http://{address}:5005',
    },
    states: {
      type: 'list',
      of: STATES,
      min: 1,
      default: ['full', 'validating', 'proposing'],
      description: 'The states in which it is fine; a validator should be proposing',
    },
    max_ledger_age: {
      type: 'duration',
      min: '5s',
      default: '20s',
      description: 'How old its last validated ledger may be; a new one comes every 3 to 5 seconds',
    },
    min_peers: { type: 'integer', min: 0, default: 1, description: 'The least number of peers' },
  },

  async check({ parameters, settings, signal }) {
    const answer = await ask(parameters.url, settings, signal);
    return 'reason' in answer ? { ok: false, ...answer } : judge(answer.info, parameters);
  },
};

/** @returns {Promise<{ info: object } | { reason: string, detail: string }>} */
async function ask(url, settings, signal) {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...authorization(settings) },
      body: JSON.stringify({ method: 'server_info', params: [{}] }),
      redirect: 'manual',
      signal,
    });
    return readAnswer(response.status, await readText(response));
  } catch (error) {
    if (signal.aborted) throw error; // the time is up: distomon says so itself
    const { code = '', message } = error.cause ?? error;
    const reason = REASONS[code] ?? (/CERT|SSL|TLS/.test(code) ? 'tls' : 'bad_response');
    return { reason, detail: message };
  }
}

/** `settings: { authorization: "Basic …" }` in nodeconf.yml, for a port behind a proxy or with a password. */
function authorization({ authorization: value }) {
  return value === undefined ? {} : { authorization: value };
}

async function readText(response) {
  let text = '';
  const decoder = new TextDecoder();
  for await (const part of response.body ?? []) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MAX_CHARACTERS) throw new Error('the answer is longer than a million characters');
  }
  return text;
}

function readAnswer(status, text) {
  if (status === 401 || status === 403) return { reason: 'denied', detail: `it answers ${status}: ${excerpt(text)}` };
  if (status !== 200) return { reason: 'bad_response', detail: `it answers ${status}: ${excerpt(text)}` };
  const result = resultOf(text);
  if (result?.status === 'error') {
    const { error, error_message: message } = result;
    const reason = error === 'forbidden' ? 'denied' : 'bad_response';
    return { reason, detail: message === undefined ? `it answers ${error}` : `it answers ${error}: ${message}` };
  }
  if (typeof result?.info?.server_state === 'string') return { info: result.info };
  return { reason: 'bad_response', detail: `this is no answer to server_info: ${excerpt(text)}` };
}

function resultOf(text) {
  try {
    return JSON.parse(text).result;
  } catch {
    return undefined;
  }
}

function excerpt(text) {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line === '') return '(nothing)';
  return line.length > 80 ? `${line.slice(0, 80)}…` : line;
}

/** Decides what an answer means. */
function judge(info, { states, max_ledger_age: maxAgeMs, min_peers: minPeers }) {
  const { server_state: state, validated_ledger: ledger, peers } = info;
  const measures = measuresOf(info);
  const bad = (reason, detail) => ({ ok: false, reason, detail, measures });
  if (info.amendment_blocked === true)
    return bad(
      'bad_response',
      `it is amendment blocked and follows the ledger no more: upgrade it (it runs ${info.build_version})`,
    );
  if (!states.includes(state)) return bad('bad_response', `it is ${state}, not ${states.join(' or ')}`);
  if (typeof peers === 'number' && peers < minPeers)
    return bad('bad_response', `it has ${peers} peers, not ${minPeers} or more`);
  if (typeof ledger?.age !== 'number') return bad('no_data', `it is ${state} and has no validated ledger`);
  if (ledger.age * 1000 > maxAgeMs)
    return bad('stale', `it is ${state}, but its last validated ledger is ${ledger.age} s old`);
  return { ok: true, detail: `${state}, ${peers ?? '?'} peers, ledger ${ledger.seq} is ${ledger.age} s old`, measures };
}

/** What is worth a curve. A field that is not there is left out. */
function measuresOf(info) {
  const found = {
    peers: info.peers,
    ledgerAgeSeconds: info.validated_ledger?.age,
    loadFactor: info.load_factor,
    ioLatencyMs: info.io_latency_ms,
    convergeSeconds: info.last_close?.converge_time_s,
    proposers: info.last_close?.proposers,
    uptimeSeconds: info.uptime,
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => Number.isFinite(value)));
}
