import { useRouter } from '@tanstack/react-router';
import { type ReactNode, useEffect, useRef } from 'react';
import { usePageTitle } from './page-title.js';

type Props = {
  /** What the page is called. */
  title: string;
  /** What stands before the name, within the heading. */
  mark?: ReactNode;
  /** Beside the heading: a state, what can be done. */
  children?: ReactNode;
};

/**
 * The heading of a page of the settings. Who came here by a link that is gone has the focus at the heading, so that it
 * is read and Tab goes on from there.
 */
export function SettingsHeading({ title, mark, children }: Props) {
  usePageTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  const router = useRouter();
  useEffect(() => {
    const cameByLink = router.history.canGoBack();
    if (cameByLink && document.activeElement === document.body) heading.current?.focus();
  }, [router]);
  return (
    <div className="settings-heading">
      <h1 ref={heading} tabIndex={-1} className="settings-title">
        {mark}
        <bdi>{title}</bdi>
      </h1>
      {children}
    </div>
  );
}
