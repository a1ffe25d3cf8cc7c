// Colours, only where a person looks: on a terminal, without --no-color, NO_COLOR (no-color.org: any value that is not
// empty) and TERM=dumb.

export type Style = 'plain' | 'strong' | 'faint' | 'good' | 'warning' | 'bad';

export type Paint = (text: string, style: Style) => string;

const CODES: Readonly<Record<Style, string>> = {
  plain: '',
  strong: '1',
  faint: '2',
  good: '32',
  warning: '33',
  bad: '31',
};

export const NO_PAINT: Paint = (text) => text;

export function choosePaint(
  stream: { isTTY?: boolean | undefined },
  environment: Readonly<Record<string, string | undefined>>,
  wanted: boolean,
): Paint {
  const refused = (environment['NO_COLOR'] ?? '') !== '' || environment['TERM'] === 'dumb';
  if (!wanted || refused || stream.isTTY !== true) return NO_PAINT;
  return (text, style) =>
    style === 'plain' || text === '' ? text : `\u001b[${CODES[style]}m${text}\u001b[0m`;
}
