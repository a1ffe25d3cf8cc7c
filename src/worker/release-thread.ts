import { releaseJob } from './release-job.js';
import { serveThread } from './thread-pool.js';

export default serveThread(releaseJob);
