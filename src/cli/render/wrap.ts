import { textWidth } from './text-width.js';

/** Lines of at most `width` columns, each after the indent. Chinese may break between any two characters. */
export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[\u2e80-\uffef]|[^\s\u2e80-\uffef]+|\s+/g) ?? []) {
    const fits = textWidth(indent) + textWidth(line + piece.trimEnd()) <= width;
    // Punctuation never begins a line.
    if (fits || line.trim() === '' || /^[，。；：、！？）》”]$/.test(piece)) {
      line += piece;
    } else {
      lines.push(indent + line.trim());
      line = piece.trimStart();
    }
  }
  if (line.trim() !== '') lines.push(indent + line.trim());
  return lines;
}
