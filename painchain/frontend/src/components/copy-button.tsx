import { Check, Copy } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { IconButton } from './icon-button.js';

export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Without a secure context or permission there is no clipboard.
    return false;
  }
}

type Props = { text: string | (() => string); label: string; icon?: ReactNode; className?: string };

/** Copies a text and says so for a moment. */
export function CopyButton({ text, label, icon = <Copy size={14} />, className }: Props) {
  const [outcome, setOutcome] = useState<'copied' | 'refused'>();
  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(undefined), 1_500);
    return () => clearTimeout(timer);
  }, [outcome]);
  const name = { copied: 'Copied', refused: 'The browser refused to copy' };
  return (
    <IconButton
      label={outcome ? name[outcome] : label}
      {...(className && { className })}
      onClick={() => {
        void copyText(typeof text === 'string' ? text : text()).then((done) =>
          setOutcome(done ? 'copied' : 'refused'),
        );
      }}
    >
      {outcome === 'copied' ? <Check size={14} className="text-good" /> : icon}
    </IconButton>
  );
}
