import { cardholderJob } from './cardholder-job.js';
import { serveThread } from './thread-pool.js';

export default serveThread(cardholderJob);
