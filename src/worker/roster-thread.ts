import { rosterJob } from './roster-job.js';
import { serveThread } from './serve-thread.js';

export default serveThread(rosterJob);
