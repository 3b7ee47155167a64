import { SourceError, type TestStep } from '@painchain/connector-sdk';
import { type GitConfig, type Repository as Configured, type Surroundings, sourceName } from './config.js';
import { explain } from './git/faults.js';
import { readCommitLines } from './git/read-commits.js';
import { isTag, readRefs } from './git/read-refs.js';
import { open } from './open.js';
import { projectOf } from './source.js';
import { counted, short, firstLine } from './translate/wording.js';

interface Place {
  dataDir: string;
  signal: AbortSignal;
}

function failure(name: string, error: unknown): TestStep {
  const fault = explain(error);
  if (!(fault instanceof SourceError)) throw fault;
  return { name, ok: false, detail: fault.detail, remedy: fault.remedy };
}

async function tryRepository(
  configured: Configured,
  config: GitConfig,
  { dataDir, signal }: Place,
  surroundings: Surroundings,
): Promise<TestStep> {
  const name = sourceName(configured);
  try {
    const repository = await open({ configured, config, surroundings, dataDir }, signal);
    const selection = { branches: configured.branches, remoteBranches: configured.remote_branches };
    const refs = await readRefs(repository.git, selection);
    const project = projectOf(configured, repository);
    const newest = [...refs.values()].at(0)?.commit;
    if (newest === undefined)
      return { name, ok: true, detail: `${project} can be read; it has no commit yet.` };
    const [commit] = await readCommitLines(repository.git, [newest]);
    const tags = [...refs.keys()].filter(isTag).length;
    const sample =
      commit === undefined ? '' : ` For example ${short(newest)}: ${firstLine(commit.message, '')}`;
    const found = `${counted(refs.size - tags, 'branch').replace('branchs', 'branches')} and ${counted(tags, 'tag')}`;
    return { name, ok: true, detail: `${project} has ${found}.${sample}`.slice(0, 1_000) };
  } catch (error) {
    return failure(name, error);
  }
}

/** Tries a configuration for a human: each repository, opened and read as a look would. */
export async function testRepositories(
  config: GitConfig,
  place: Place,
  surroundings: Surroundings,
): Promise<TestStep[]> {
  const steps: TestStep[] = [];
  for (const configured of config.repositories.slice(0, 50)) {
    steps.push(await tryRepository(configured, config, place, surroundings));
  }
  return steps;
}
