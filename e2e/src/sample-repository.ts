import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const person = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada Author',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada Author',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** A real repository for the git connector to watch. */
export class SampleRepository {
  private constructor(readonly path: string) {}

  /** Three commits on main, the branch `retry` and the tag `v1.0.0`. */
  static make(path: string): SampleRepository {
    mkdirSync(path, { recursive: true });
    const repository = new SampleRepository(path);
    repository.git('init', '-q', '-b', 'main');
    repository.commit('Take payments by card');
    repository.commit('Retry a refused card once');
    repository.git('tag', '-a', 'v1.0.0', '-m', 'The first release');
    repository.git('branch', 'retry');
    repository.commit('Raise the connection pool from 20 to 50');
    return repository;
  }

  commit(message: string): string {
    writeFileSync(join(this.path, 'pool.txt'), `${message}\n`);
    this.git('add', '-A');
    this.git('commit', '-q', '-m', message);
    return this.git('rev-parse', 'HEAD');
  }

  git(...args: string[]): string {
    return execFileSync('git', args, {
      cwd: this.path,
      env: person,
      encoding: 'utf8',
      stdio: 'pipe',
    }).trim();
  }
}
