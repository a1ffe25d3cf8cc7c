// Writing payment files' rows, in a thread or in the calling one.

import {
  type BankPlan,
  type BlockResult,
  type PaymentBlock,
  SegmentWriter,
} from '../bank-file/write-segments.js';
import { type ThreadJob, threadModule } from './thread-pool.js';

export interface ReleaseJobData {
  plans: BankPlan[];
  others: [string, number][];
}

export const releaseJob: ThreadJob<ReleaseJobData, PaymentBlock, BlockResult> = {
  module: threadModule('release-thread', import.meta.url),
  create(data, buffers) {
    const writer = new SegmentWriter(data.plans, data.others, buffers);
    return (block) => writer.write(block);
  },
  transferOfTask: (block) => [block.bytes.buffer as ArrayBuffer],
  transferOfResult: ({ written, read }) => [written, read],
};
