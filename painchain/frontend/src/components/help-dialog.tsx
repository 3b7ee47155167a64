import { Sheet } from './sheet.js';

const keys: [string, string][] = [
  ['j  or  ↓', 'Next (older) event'],
  ['k  or  ↑', 'Previous (newer) event'],
  ['Enter', 'Open the event'],
  ['Esc', 'Close the event'],
  ['l', 'Pause or resume live'],
  ['/', 'Go to the filters'],
  ['g h', 'Home'],
  ['g s', 'Settings'],
  ['?', 'This help'],
];

/** The keys that work on every page. */
export function HelpDialog({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Sheet open={open} onClose={onClose} title="Keyboard" centered>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2 p-4">
        {keys.map(([key, meaning]) => (
          <div key={key} className="contents">
            <dt>
              <kbd className="key">{key}</kbd>
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
