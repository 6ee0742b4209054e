import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The test stages in the order they run; each is a project of vitest.config.ts. */
export const STAGES = ['unit', 'integration', 'e2e', 'browser', 'image', 'lab', 'crash', 'lab-window'];

/** It waits for a window most of the time, so it runs beside the others. */
export const BACKGROUND_STAGES = ['lab-window'];

/** Test files at once, where they mostly wait and vitest's own number (by cores) would only make them last longer. */
export const WORKERS = { integration: 3, e2e: 4, browser: 2, crash: 2, lab: 3 };

const ROOT_AND_NAMESPACES = {
  root: () => process.getuid?.() === 0,
  'network namespaces (ip, from iproute2; CAP_SYS_ADMIN)': () =>
    succeeds('ip', ['-V']) && succeeds('unshare', ['--net', 'true']),
};

/** What the lab needs to build its network of machines. */
const LAB_NEEDS = {
  ...ROOT_AND_NAMESPACES,
  netdata: () => succeeds('netdata', ['-V']),
  'nft (from nftables)': () => succeeds('nft', ['--version']),
  nginx: () => succeeds('nginx', ['-v']),
};

/** What it takes to build the image and to run it in containers, without a registry. */
const IMAGE_NEEDS = {
  ...ROOT_AND_NAMESPACES,
  'podman with runc and catatonit': () =>
    succeeds('podman', ['--version']) && succeeds('runc', ['--version']) && existsSync('/usr/libexec/podman/catatonit'),
  'netavark and aardvark-dns': () => ['netavark', 'aardvark-dns'].every(name => existsSync(`/usr/lib/podman/${name}`)),
  iptables: () => succeeds('iptables', ['--version']),
  'podman-compose': () => succeeds('podman-compose', ['--help']),
  debootstrap: () => succeeds('debootstrap', ['--version']),
  curl: () => succeeds('curl', ['--version']),
  'redis-server': () => succeeds('redis-server', ['--version']),
};

/** What it takes to look at the dashboard as people do. */
const BROWSER_NEEDS = {
  'chromium (or another one that CHROMIUM names)': () => existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium'),
};

/** Parts of other stages that are left out without a program. */
const VARIANTS = [
  {
    what: "integration on Debian's PostgreSQL 15",
    need: 'postgresql-15',
    isThere: () => existsSync('/usr/lib/postgresql/15/bin/postgres'),
  },
  {
    what: 'integration and crash on Redis',
    need: 'redis-server',
    isThere: () => succeeds('redis-server', ['--version']),
  },
];

/** Which of the wanted stages can run on this machine, and what is left out for which reason. */
export function planStages(wanted) {
  const without = [
    ...missingFor(
      wanted.filter(name => name.startsWith('lab')),
      LAB_NEEDS,
    ),
    ...missingFor(
      wanted.filter(name => name === 'image'),
      IMAGE_NEEDS,
    ),
    ...missingFor(
      wanted.filter(name => name === 'browser'),
      BROWSER_NEEDS,
    ),
  ];
  const leftOut = without.map(({ name, missing }) => `${name}: this machine lacks ${missing.join(', ')}`);
  if (['integration', 'e2e', 'crash'].some(name => wanted.includes(name))) leftOut.push(...missingVariants());
  return { stages: wanted.filter(name => !without.some(one => one.name === name)), leftOut };
}

/** Those of the stages that cannot run here, each with what is missing. Asks nothing when there are no stages. */
function missingFor(names, needs) {
  const missing = names.length === 0 ? [] : Object.keys(needs).filter(need => !needs[need]());
  return missing.length === 0 ? [] : names.map(name => ({ name, missing }));
}

function missingVariants() {
  return VARIANTS.filter(({ isThere }) => !isThere()).map(({ what, need }) => `${what}: this machine lacks ${need}`);
}

/** System programs are not in every user's PATH. */
function succeeds(command, args) {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  return spawnSync(command, args, { env, stdio: 'ignore' }).status === 0;
}
