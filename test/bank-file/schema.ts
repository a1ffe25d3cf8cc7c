// The schemas that ISO publishes. They are not part of this repository: tests that need them run where their folder is
// given (YIKA_SCHEMAS) or lies beside the checkout, and are skipped where it does not.

import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';

const folder =
  process.env['YIKA_SCHEMAS'] ?? fileURLToPath(new URL('../../../shared/schemas', import.meta.url));

export function hasSchema(schema: string): boolean {
  return existsSync(`${folder}/${schema}`);
}

/** Throws what is wrong with the document. */
export function validate(bytes: Uint8Array, schema: string): void {
  const schemaDocument = XmlDocument.fromBuffer(readFileSync(`${folder}/${schema}`));
  const validator = XsdValidator.fromDoc(schemaDocument);
  const document = XmlDocument.fromBuffer(bytes);
  try {
    validator.validate(document);
  } finally {
    document.dispose();
    validator.dispose();
    schemaDocument.dispose();
  }
}
