import { cardholderJob } from './cardholder-job.js';
import { serveThread } from './serve-thread.js';

export default serveThread(cardholderJob);
