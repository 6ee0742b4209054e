import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The test stages in the order they run; each is a project of vitest.config.ts. */
export const STAGES = ['unit', 'integration', 'e2e', 'lab', 'crash', 'lab-window'];

/** These wait for windows most of the time, so they run beside the others. */
export const BACKGROUND_STAGES = ['crash', 'lab-window'];

/** Test files at once, where they mostly wait and vitest's own number (by cores) would only make them last longer. */
export const WORKERS = { integration: 3, e2e: 4, crash: 2, lab: 3 };

/** What the lab needs to build its network of machines. */
const LAB_NEEDS = {
  root: () => process.getuid?.() === 0,
  'network namespaces (ip, from iproute2; CAP_SYS_ADMIN)': () =>
    succeeds('ip', ['-V']) && succeeds('unshare', ['--net', 'true']),
  netdata: () => succeeds('netdata', ['-V']),
  'nft (from nftables)': () => succeeds('nft', ['--version']),
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
  const missing = wanted.some(isLab) ? Object.keys(LAB_NEEDS).filter(need => !LAB_NEEDS[need]()) : [];
  const without = wanted.filter(name => isLab(name) && missing.length > 0);
  const leftOut = without.map(name => `${name}: this machine lacks ${missing.join(', ')}`);
  if (['integration', 'e2e', 'crash'].some(name => wanted.includes(name))) leftOut.push(...missingVariants());
  return { stages: wanted.filter(name => !without.includes(name)), leftOut };
}

const isLab = name => name.startsWith('lab');

function missingVariants() {
  return VARIANTS.filter(({ isThere }) => !isThere()).map(({ what, need }) => `${what}: this machine lacks ${need}`);
}

/** System programs are not in every user's PATH. */
function succeeds(command, args) {
  const env = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };
  return spawnSync(command, args, { env, stdio: 'ignore' }).status === 0;
}
