import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';

/** A network's file on disk, with a note beside it of the text that it and the database last agreed on. */
export class NetworkText {
  readonly path: string;
  private readonly notePath: string;

  constructor(path: string) {
    this.path = path;
    this.notePath = `${path}.accepted`;
  }

  /** Changes whenever the file is written or replaced. Rejects when there is none. */
  async mark(): Promise<string> {
    const { mtimeMs, size, ino } = await stat(this.path);
    return `${mtimeMs}/${size}/${ino}`;
  }

  read(): Promise<string> {
    return readFile(this.path, 'utf8');
  }

  /** Replaces the file in one step. False: somebody has changed it since `mark`, or it can only be read. */
  async replace(text: string, mark: string): Promise<boolean> {
    try {
      return await writeWhole(this.path, text, async () => (await this.mark()) === mark);
    } catch (error) {
      if (hasCode(error, 'EROFS', 'EACCES', 'EBUSY')) return false; // a file that can only be read stays as it is
      throw error;
    }
  }

  /** The hash of the text last agreed on; `null`: none. */
  async agreedHash(): Promise<string | null> {
    return readFile(this.notePath, 'utf8').then(
      note => note.trim(),
      (error: unknown) => {
        if (hasCode(error, 'ENOENT')) return null;
        throw error;
      },
    );
  }

  /** A directory that cannot be written to has no note; its file is then only ever read. */
  async rememberAgreed(hash: string): Promise<void> {
    await writeWhole(this.notePath, `${hash}\n`).catch((error: unknown) => {
      if (!hasCode(error, 'EROFS', 'EACCES')) throw error;
    });
  }
}

/** In one step: a full disk or a power cut leaves what was there before. False: it may not be replaced any more. */
async function writeWhole(
  path: string,
  text: string,
  mayReplace: () => Promise<boolean> = () => Promise.resolve(true),
): Promise<boolean> {
  const draft = `${path}.${process.pid}.new`;
  try {
    await writeFile(draft, text, { mode: 0o640, flush: true });
    if (!(await mayReplace())) return false;
    await rename(draft, path);
    return true;
  } finally {
    await rm(draft, { force: true });
  }
}

function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.includes(String(error.code));
}
