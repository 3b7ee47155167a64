/** Foreign words as a cursor can hold them. */
export function cursorText(text: string, most: number): string {
  return text.slice(0, most).replaceAll(/[\p{Cc}\p{Cs}]/gu, ' ');
}
