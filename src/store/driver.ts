// pg, which the rest of the store has from here: what must be said before it loads is said first.

import './runtime-name.js';

export { default } from 'pg';
