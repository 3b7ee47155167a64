import type { ReactNode } from 'react';
import { safeHref } from './safe-url.js';

/** The only place where a foreign address becomes a link. What is not http, https or mailto stays text. */
export function SafeLink({
  to,
  children,
  className,
}: {
  to: string;
  children: ReactNode;
  className?: string;
}) {
  const href = safeHref(to);
  if (href === undefined) return <bdi className={className}>{children}</bdi>;
  return (
    <a href={href} target="_blank" rel="noopener noreferrer" className={className ?? 'link'} title={href}>
      <bdi>{children}</bdi>
    </a>
  );
}
