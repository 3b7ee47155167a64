/** What somebody else says to a human, who may name a setting in `backticks`. */
export function CodedText({ text }: { text: string }) {
  return (
    <bdi>
      {text
        .split(/`([^`]+)`/)
        .map((part, index) => (index % 2 === 1 ? <code key={index}>{part}</code> : part))}
    </bdi>
  );
}
