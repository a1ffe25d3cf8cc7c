// Says what runs this before pg asks. Node names itself in `navigator` from version 21 on; in Node 20 pg finds no name and tries
// the answer of a fetch instead, for which Node loads its whole HTTP client.

if (!('navigator' in globalThis)) {
  const value = { userAgent: `Node.js/${process.versions.node.split('.')[0]}` };
  Object.defineProperty(globalThis, 'navigator', { value, configurable: true, writable: true });
}
