import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CommandPalette } from './command-palette.js';
import { type Command, CommandRegistry, CommandsContext } from './commands.js';
import { HelpDialog } from './help-dialog.js';

const run = () => undefined;
const commands: Command[] = [
  { id: 'home', title: 'Home', section: 'Go', keys: ['g h'], run },
  { id: 'older', title: 'Next (older) event', section: 'Timeline', keys: ['j', 'ArrowDown'], run },
  { id: 'open', title: 'Open the event', section: 'Timeline', keys: ['Enter'], run: undefined },
  { id: 'view_1', title: 'Open view: <b>\u202Eevil</b>', section: 'View', run },
  { id: 'palette', title: 'Command palette', section: 'Go', keys: ['Mod+k'], run },
];

function render(dialog: typeof HelpDialog): string {
  const registry = new CommandRegistry();
  registry.put({}, commands);
  const Dialog = dialog;
  return renderToStaticMarkup(
    <CommandsContext value={registry}>
      <Dialog onClose={run} />
    </CommandsContext>,
  );
}

const textOf = (markup: string) => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('the help', () => {
  it('lists every key by section, also of what cannot be done right now', () => {
    const text = textOf(render(HelpDialog));
    expect(text).toContain('Timeline j or ↓ Next (older) event Enter Open the event');
    expect(text).toContain('Go g then h Home Ctrl K Command palette');
    expect(text).not.toContain('Open view');
  });

  it('has the switch for single keys, which are on until somebody switches them off', () => {
    expect(render(HelpDialog)).toMatch(/<input type="checkbox" role="switch"[^>]* checked=""/);
  });
});

describe('the palette', () => {
  it('offers what can be done now, with the first chosen', () => {
    const markup = render(CommandPalette);
    const options = [...markup.matchAll(/role="option"[^>]*aria-selected="(\w+)"[^>]*>(.*?)<\/div>/g)];
    expect(options.map(([, selected, inside]) => [selected, textOf(inside ?? '').trim()])).toEqual([
      ['true', 'Next (older) event j or ↓'],
      ['false', 'Open view: &lt;b&gt;\u202Eevil&lt;/b&gt;'],
      ['false', 'Home g then h'],
    ]);
  });

  it('names the option that Enter runs, and keeps foreign names apart', () => {
    const markup = render(CommandPalette);
    const active = /aria-activedescendant="([^"]+)"/.exec(markup)?.[1] ?? 'none';
    expect(markup).toContain(`id="${active}" role="option"`);
    expect(markup).toContain('<bdi class="truncate">Open view: &lt;b&gt;');
  });
});
