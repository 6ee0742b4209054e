import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** The test stages in the order they run; each is a project of vitest.config.ts. */
export const STAGES = ['unit', 'integration', 'e2e', 'lab', 'lab-window'];

/** Waits for real ten-minute windows, so it runs beside the others. */
export const BACKGROUND_STAGE = 'lab-window';

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
    what: "integration and e2e on Debian's PostgreSQL 15",
    need: 'postgresql-15',
    isThere: () => existsSync('/usr/lib/postgresql/15/bin/postgres'),
  },
  {
    what: 'integration and e2e on Redis',
    need: 'redis-server',
    isThere: () => succeeds('redis-server', ['--version']),
  },
];

/** Which of the wanted stages can run on this machine, and what is left out for which reason. */
export function planStages(wanted) {
  const missing = wanted.some(isLab) ? Object.keys(LAB_NEEDS).filter(need => !LAB_NEEDS[need]()) : [];
  const without = wanted.filter(name => isLab(name) && missing.length > 0);
  const leftOut = without.map(name => `${name}: this machine lacks ${missing.join(', ')}`);
  if (wanted.includes('integration') || wanted.includes('e2e')) leftOut.push(...missingVariants());
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
