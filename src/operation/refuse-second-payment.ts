// The database's own refusal of a second live payment (trigger batch_paid_once), as the error that people read.

import { EngineError } from '../base/error.js';
import { sqlStateOf } from '../store/sql-error.js';

const PAID_ONCE = 'YK001';

export async function refuseSecondPayment<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (sqlStateOf(error) === PAID_ONCE) throw new EngineError('PAID_TWICE_REFUSED', {}, { cause: error });
    throw error;
  }
}
