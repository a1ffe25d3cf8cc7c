// The compiled loops from their file, once a process; threads are sent what was compiled.

import { readFileSync } from 'node:fs';

let compiled: WebAssembly.Module | undefined;

export function kernelModule(): WebAssembly.Module {
  compiled ??= new WebAssembly.Module(readFileSync(kernelFile(import.meta.url)));
  return compiled;
}

/** `npm run build` puts it into dist/, whichever of src, dist, dist-bench/src and the bundles runs. */
function kernelFile(importer: string): URL {
  return new URL(
    importer.replace(
      /\/(?:(?:dist-bench\/src|src|dist)\/worker|dist(?:-bench)?\/bundle)\/[^/]+$/,
      '/dist/kernel/kernel.wasm',
    ),
  );
}
