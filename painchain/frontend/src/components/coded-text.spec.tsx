import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { CodedText } from './coded-text.js';

const shown = (text: string) => renderToStaticMarkup(<CodedText text={text} />);

describe('a text with code in it', () => {
  it('shows what stands in backticks as code', () => {
    expect(shown('Leave `push` out of `events:`.')).toBe(
      '<bdi>Leave <code>push</code> out of <code>events:</code>.</bdi>',
    );
  });

  it('shows a lonely backtick, and markup, as they are', () => {
    expect(shown('a ` b <i>')).toBe('<bdi>a ` b &lt;i&gt;</bdi>');
  });
});
