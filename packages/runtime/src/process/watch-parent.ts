/** Whether a process exists. One that we may not signal exists, too. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Calls `gone` once, when the process `pid` has disappeared: looked at every second, because a launcher that
 * is killed by SIGKILL tells nobody. A child that has been handed to another parent knows it, too, even while
 * the dead one still lies around as a zombie or its number has been given away.
 */
export function watchParent(pid: number, gone: () => void, everyMs = 1_000): () => void {
  const isChild = process.ppid === pid;
  const timer = setInterval(() => {
    if (exists(pid) && (!isChild || process.ppid === pid)) return;
    clearInterval(timer);
    gone();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
