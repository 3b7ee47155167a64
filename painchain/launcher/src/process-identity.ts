import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A process that is told from a later one with the same number by when it was born. */
export interface ProcessIdentity {
  pid: number;
  born: string;
}

export function identify(pid: number): ProcessIdentity | undefined {
  const born = bornAt(pid);
  return born === undefined ? undefined : { pid, born };
}

export function stillRuns({ pid, born }: ProcessIdentity): boolean {
  return bornAt(pid) === born;
}

/** When a process was born, in the system's own words; nothing when it does not run (a zombie does not). */
function bornAt(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      // The name, in brackets, may itself hold brackets and spaces. After it: state … starttime (proc(5): 3 and 22).
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\)\s/s, '')
        .split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return stdout?.trim() || undefined;
}
