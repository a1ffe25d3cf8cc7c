// zod as all schemas use it. It would compile a function for each shape at its first value; a command checks a few small files, and
// to compile cost a tenth of reading them.

import * as z from 'zod';

z.config({ jitless: true });

export { z };
