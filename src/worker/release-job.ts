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
  create(data) {
    const writer = new SegmentWriter(data.plans, data.others);
    return (block) => writer.write(block);
  },
  transferOfTask: (block) => [block.bytes.buffer as ArrayBuffer],
  transferOfResult: (result) =>
    result.segments.flatMap(({ bytes, content }) => [
      bytes.buffer as ArrayBuffer,
      content.buffer as ArrayBuffer,
    ]),
};
