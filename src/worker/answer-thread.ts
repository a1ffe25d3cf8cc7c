import { answerJob } from './answer-job.js';
import { serveThread } from './serve-thread.js';

export default serveThread(answerJob);
