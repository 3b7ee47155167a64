function initials(name: string): string {
  const words = name
    .replace(/\[bot\]$/, '')
    .split(/[\s._-]+/)
    .filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? '')
    .join('')
    .toUpperCase();
}

/** A person or machine by initials: a remote picture would tell its server who reads this. */
export function UserValue({ name }: { name: string }) {
  const bot = name.endsWith('[bot]');
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      <span className="initials" aria-hidden="true">
        {initials(name)}
      </span>
      <bdi className="truncate">{bot ? name.slice(0, -5) : name}</bdi>
      {bot && <span className="tag">bot</span>}
    </span>
  );
}
