import { answerJob } from './answer-job.js';
import { serveThread } from './thread-pool.js';

export default serveThread(answerJob);
