// One YAML file of a catalogue: its plain value, and where in the text each part of it stands.

import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';

export interface CatalogueText {
  readonly path: string;
  readonly text: string;
}

export type ValuePath = readonly (string | number)[];

export interface Place {
  readonly line: number;
  readonly column: number;
}

export interface CatalogueFile {
  readonly path: string;
  readonly value: unknown;
  /** Where the value stands; where it is missing, the nearest thing around it. */
  placeOf(path: ValuePath): Place;
  /** Where the last key of the path stands. */
  placeOfKey(path: ValuePath): Place;
  /** The text of a scalar as it is written, without quotes. */
  sourceOf(path: ValuePath): string | undefined;
}

/** What the YAML parser says against a text, or the file. */
export function readCatalogueFile({
  path,
  text,
}: CatalogueText): CatalogueFile | (Place & { text: string })[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, logLevel: 'error' });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (document.errors.length > 0) {
    return document.errors.map((error) => ({ ...placeAt(error.pos[0]), text: error.message }));
  }
  const root = document.contents;
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  const placeOfNode = (node: unknown): Place => placeAt((node as Node | null)?.range?.[0] ?? 0);
  const plain = toPlain(() => document.toJS({ maxAliasCount: 100 }));
  if ('problem' in plain) return [{ line: 1, column: 1, text: plain.problem }];
  return {
    path,
    value: plain.value,
    placeOf: (valuePath) => placeOfNode(walk(root, valuePath, resolve).node),
    placeOfKey: (valuePath) => {
      const { node, key } = walk(root, valuePath, resolve);
      return placeOfNode(key ?? node);
    },
    sourceOf: (valuePath) => {
      const { node, complete } = walk(root, valuePath, resolve);
      return complete && isScalar(node) ? node.source : undefined;
    },
  };
}

// Unresolved aliases and bombs of them show only when the plain value is made, as exceptions of the parser.
function toPlain(convert: () => unknown): { value: unknown } | { problem: string } {
  try {
    return { value: convert() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

// Follows a path as far as it goes. Keys are compared as text, because `460200:` is a number to YAML and text to us.
function walk(root: unknown, path: ValuePath, resolve: (node: unknown) => unknown) {
  let node = root;
  let key: unknown;
  for (const segment of path) {
    const container = resolve(node);
    let child: unknown;
    key = undefined;
    if (isMap(container)) {
      const pair = container.items.find((item: Pair) => keyText(item.key) === String(segment));
      key = pair?.key;
      child = pair?.value;
    } else if (isSeq(container)) {
      child = container.items[Number(segment)];
    }
    if (child === undefined || child === null) return { node, key, complete: false };
    node = child;
  }
  return { node, key, complete: true };
}

function keyText(key: unknown): string {
  return isScalar(key) ? String(key.value) : String(key);
}
