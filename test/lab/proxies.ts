import type { LabAgent } from './cluster.ts';
import { NginxProcess } from './nginx-process.ts';
import { pemPath } from '../support/agents/certificates.ts';

/** What the proxies let in. */
export const PASSWORD = 'open, sesame';
export const TOKEN = 'tok-4711';

/** Ports on the gateway. */
const HTTP = 8080;
const MUTUAL = 8443;
const OWN_AUTHORITY = 8444;

/** Addresses at which an agent is found behind a proxy that protects it. */
export interface ProxiedUrls {
  /** With a password, below a path. */
  readonly basic: string;
  /** With a token, below a path. */
  readonly bearer: string;
  /** With a client certificate. */
  readonly mutual: string;
  /** Without any, by TLS whose certificate is of an authority of our own. */
  readonly secured: string;
  /** A proxy whose agent is not there. */
  readonly nobody: string;
}

/** Starts a real nginx before this agent, as docs/agents.md shows it. */
export async function startProxies(
  directory: string,
  gateway: string,
  agent: LabAgent,
): Promise<{ nginx: NginxProcess; urls: ProxiedUrls }> {
  const nginx = new NginxProcess(directory);
  const users = await nginx.file('users', `distomon:{PLAIN}${PASSWORD}\n`);
  await nginx.start(httpBlock(gateway, agent, users), gateway, HTTP);
  const urls = {
    basic: `http://${gateway}:${HTTP}/agents/basic`,
    bearer: `http://${gateway}:${HTTP}/agents/bearer`,
    nobody: `http://${gateway}:${HTTP}/agents/nobody`,
    mutual: `https://${gateway}:${MUTUAL}`,
    secured: `https://${gateway}:${OWN_AUTHORITY}`,
  };
  return { nginx, urls };
}

function httpBlock(gateway: string, { address }: LabAgent, users: string): string {
  const certificate = `ssl_certificate "${pemPath('server')}";
    ssl_certificate_key "${pemPath('server.key')}";`;
  return `
  upstream agent {
    server ${address}:19999;
    keepalive 8;
  }
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Authorization "";
  proxy_pass_header Date;
  proxy_pass_header Server;
  map $http_authorization $token_is_known {
    default 0;
    "Bearer ${TOKEN}" 1;
  }
  server {
    listen ${gateway}:${HTTP};
    location /agents/basic/ {
      auth_basic "agents";
      auth_basic_user_file ${users};
      proxy_pass http://agent/;
    }
    location /agents/bearer/ {
      if ($token_is_known = 0) {
        add_header WWW-Authenticate 'Bearer realm="agents"' always;
        return 401;
      }
      proxy_pass http://agent/;
    }
    location /agents/nobody/ {
      proxy_pass http://${gateway}:9/;
    }
  }
  server {
    listen ${gateway}:${MUTUAL} ssl;
    ${certificate}
    ssl_client_certificate "${pemPath('authority')}";
    ssl_verify_client on;
    location / { proxy_pass http://agent; }
  }
  server {
    listen ${gateway}:${OWN_AUTHORITY} ssl;
    ${certificate}
    location / { proxy_pass http://agent; }
  }
`;
}
