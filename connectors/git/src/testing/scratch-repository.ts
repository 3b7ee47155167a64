import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder that is gone when the test is. */
export function scratchFolder(): { path: string; remove: () => void } {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'painchain-git-')));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

const surroundings = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada Author',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Cora Committer',
  GIT_COMMITTER_EMAIL: 'cora@example.com',
  // Each commit would start two more processes to look for something to tidy.
  GIT_CONFIG_COUNT: '2',
  GIT_CONFIG_KEY_0: 'gc.auto',
  GIT_CONFIG_VALUE_0: '0',
  GIT_CONFIG_KEY_1: 'maintenance.auto',
  GIT_CONFIG_VALUE_1: 'false',
};

/** A real repository, made and changed by git itself as a person would. */
export class ScratchRepository {
  constructor(readonly dir: string) {}

  static init(dir: string, ...options: string[]): ScratchRepository {
    mkdirSync(dir, { recursive: true });
    const repository = new ScratchRepository(dir);
    repository.git('init', '-q', '--template=', '-b', 'main', ...options);
    return repository;
  }

  git(...args: string[]): string {
    return this.gitWith({}, ...args);
  }

  gitWith(env: Record<string, string>, ...args: string[]): string {
    const options = {
      cwd: this.dir,
      env: { ...surroundings, ...env },
      encoding: 'utf8',
      stdio: 'pipe',
    } as const;
    return execFileSync('git', args, options).trim();
  }

  write(path: string, content: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), content);
  }

  /** Commits a change of one file and returns its sha. `at` is the commit's date; by default it is now. */
  commit(message: string, options: { at?: string; path?: string; content?: string } = {}): string {
    const { at, path = 'file.txt', content = `${message}\n` } = options;
    this.write(path, content);
    this.git('add', '-A');
    const dated = at === undefined ? {} : { GIT_AUTHOR_DATE: at, GIT_COMMITTER_DATE: at };
    this.gitWith(dated, 'commit', '-q', '--allow-empty', '-m', message);
    return this.head();
  }

  /** Adds commits to a branch in one go, oldest first. Dates are seconds since 1970. */
  import(branch: string, commits: readonly { message: string; at: number }[]): void {
    const person = 'Cora Committer <cora@example.com>';
    const script = commits.map(({ message, at }, index) => {
      const content = `${index} ${message}\n`;
      return [
        `commit refs/heads/${branch}`,
        `author Ada Author <ada@example.com> ${at} +0000`,
        `committer ${person} ${at} +0000`,
        `data ${Buffer.byteLength(message)}\n${message}`,
        `M 100644 inline file.txt`,
        `data ${Buffer.byteLength(content)}\n${content}`,
      ].join('\n');
    });
    execFileSync('git', ['fast-import', '--quiet'], {
      cwd: this.dir,
      env: surroundings,
      input: `${script.join('\n')}\n`,
    });
  }

  head(ref = 'HEAD'): string {
    return this.git('rev-parse', ref);
  }
}
