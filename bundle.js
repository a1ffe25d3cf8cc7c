// Puts the command line and its threads into few files: Node finds, reads and links each module by itself, and a command has four
// hundred of them. Part of `npm run build`; names of functions and lines stay readable in a stack trace.

import { rolldown } from 'rolldown';

const bundle = await rolldown({
  input: {
    main: 'src/cli/main.ts',
    'answer-thread': 'src/worker/answer-thread.ts',
    'cardholder-thread': 'src/worker/cardholder-thread.ts',
    'roster-thread': 'src/worker/roster-thread.ts',
  },
  platform: 'node',
  // Piscina starts threads from a file of its own.
  external: ['piscina'],
});
await bundle.write({
  dir: 'dist/bundle',
  cleanDir: true,
  // All in one folder: threads and the package's root are found from where the importer stands.
  chunkFileNames: '[name].js',
  // Help is one file.
  codeSplitting: { groups: [{ name: 'help', test: /src[\\/]cli[\\/]main\.ts$/ }] },
  comments: { legal: true, annotation: false, jsdoc: false },
  sourcemap: true,
});
await bundle.close();
