import { Monitor, Moon, Sun } from 'lucide-react';
import { useEffect } from 'react';
import { useCommands } from './commands.js';
import { IconButton } from './icon-button.js';
import { usePreference } from './preferences.js';

const themes = ['system', 'light', 'dark'] as const;
type Theme = (typeof themes)[number];

const next: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' };
const icons = { system: Monitor, light: Sun, dark: Moon };

/** System, light, dark, in turn. public/theme.js sets the same before the first paint. */
export function ThemeSwitch() {
  const [value, set] = usePreference('theme');
  const theme = value === 'light' || value === 'dark' ? value : 'system';
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme;
  }, [theme]);
  const choose = (chosen: Theme) => set(chosen === 'system' ? undefined : chosen);
  useCommands(
    themes.map((each) => ({
      id: `theme-${each}`,
      title: `Theme: ${each === 'system' ? 'as the system' : each}`,
      section: 'View',
      run: each === theme ? undefined : () => choose(each),
    })),
  );
  const Icon = icons[theme];
  return (
    <IconButton label={`Theme: ${theme}. Switch to ${next[theme]}`} onClick={() => choose(next[theme])}>
      <Icon size={16} />
    </IconButton>
  );
}
