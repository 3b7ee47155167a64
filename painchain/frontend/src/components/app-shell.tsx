import { Link } from '@tanstack/react-router';
import { Command } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from './icon-button.js';
import { KeyCaps } from './key-caps.js';
import { ThemeSwitch } from './theme-switch.js';

type Props = { live?: ReactNode; onHelp(): void; onPalette(): void; children: ReactNode };

/** The frame of every page. */
export function AppShell({ live, onHelp, onPalette, children }: Props) {
  return (
    <div className="flex h-dvh flex-col">
      <a href="#main" className="skip-link">
        Skip to content
      </a>
      <header className="app-header">
        <Link to="/home" className="brand" aria-label="PainChain">
          <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" className="brand-mark">
            <path d="M12 2v6M12 16v6" />
            <circle cx="12" cy="12" r="4" />
          </svg>
          <span className="brand-name">PainChain</span>
        </Link>
        <nav aria-label="Main" className="flex items-center gap-1">
          <Link to="/home" className="nav-link" activeProps={{ 'aria-current': 'page' }}>
            Home
          </Link>
          <Link to="/settings" className="nav-link" activeProps={{ 'aria-current': 'page' }}>
            Settings
          </Link>
        </nav>
        <div className="ml-auto flex min-w-0 items-center gap-1">
          {live}
          <button type="button" className="button wide-only" onClick={onPalette}>
            Commands <KeyCaps keys={['Mod+k']} />
          </button>
          <IconButton label="Commands" className="md:hidden" onClick={onPalette}>
            <Command size={16} />
          </IconButton>
          <ThemeSwitch />
          <IconButton label="Keyboard help" title="Keyboard help (?)" className="wide-only" onClick={onHelp}>
            <span aria-hidden="true">?</span>
          </IconButton>
        </div>
      </header>
      <main id="main" tabIndex={-1} className="flex min-h-0 flex-1 flex-col outline-none">
        {children}
      </main>
    </div>
  );
}
