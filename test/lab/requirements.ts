import { execFileSync } from 'node:child_process';
import { networkProblem, physicalDisk } from './network.ts';

const PROGRAMS = ['ip', 'nft', 'ethtool', 'netdata', 'python3', 'mount'];

/** What this host lacks to run a lab, as sentences; empty when it lacks nothing. */
export async function labRequirements(): Promise<string[]> {
  if (process.getuid?.() !== 0) return ['the lab makes network namespaces, so it must run as root'];
  const missing = PROGRAMS.filter(program => !isInstalled(program)).map(program => `${program} is not installed`);
  if (missing.length > 0) return missing;
  const network = await networkProblem();
  const disk = await physicalDisk().then(
    () => null,
    (error: Error) => error.message,
  );
  return [network, disk].filter(problem => problem !== null);
}

function isInstalled(program: string): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v "$1"', 'sh', program], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
