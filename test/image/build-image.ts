import { copyFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContainerEngine } from './engine.ts';

const ROOT = join(import.meta.dirname, '../..');
const CERTIFICATES = '/tmp/certificates.pem';

/** Builds the Dockerfile as it stands, with the registry and the certificates that npm uses on this machine. */
export async function buildImage(engine: ContainerEngine, tag: string): Promise<void> {
  const settings = [`registry=${await npmSetting(engine, 'registry')}`];
  const options: string[] = [];
  const certificates = process.env['NODE_EXTRA_CA_CERTS'] ?? (await npmSetting(engine, 'cafile'));
  if (certificates !== 'null') {
    const copy = join(engine.directory, 'certificates.pem');
    await copyFile(certificates, copy);
    settings.push(`cafile=${CERTIFICATES}`);
    options.push('--volume', `${copy}:${CERTIFICATES}:ro`);
  }
  const npmrc = join(engine.directory, 'npmrc');
  await writeFile(npmrc, `${settings.join('\n')}\n`);
  options.push('--secret', `id=npmrc,src=${npmrc}`, '--isolation', 'chroot', '--format', 'docker', '--layers=false');
  await engine.podmanOnHost('build', '--pull=never', ...options, '-t', tag, ROOT);
}

async function npmSetting(engine: ContainerEngine, name: string): Promise<string> {
  return await engine.run('npm', 'config', 'get', name);
}
