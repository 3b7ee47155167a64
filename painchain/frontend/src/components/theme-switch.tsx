import { Monitor, Moon, Sun } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from './icon-button.js';

type Theme = 'system' | 'light' | 'dark';

// The same key as in public/theme.js, which sets the theme before the first paint.
const storageKey = 'painchain.theme';
const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const icons = { system: Monitor, light: Sun, dark: Moon };

function current(): Theme {
  const set = document.documentElement.dataset['theme'];
  return set === 'light' || set === 'dark' ? set : 'system';
}

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme'];
  else document.documentElement.dataset['theme'] = theme;
  try {
    if (theme === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, theme);
  } catch {
    // Storage may be forbidden; the theme then lasts as long as the page.
  }
}

/** System, light, dark, in turn. */
export function ThemeSwitch() {
  const [theme, setTheme] = useState(current);
  const Icon = icons[theme];
  const choose = () => {
    apply(next[theme]);
    setTheme(next[theme]);
  };
  return (
    <IconButton label={`Theme: ${theme}. Switch to ${next[theme]}`} onClick={choose}>
      <Icon size={16} />
    </IconButton>
  );
}
