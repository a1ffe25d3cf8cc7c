import { rosterJob } from './roster-job.js';
import { serveThread } from './thread-pool.js';

export default serveThread(rosterJob);
