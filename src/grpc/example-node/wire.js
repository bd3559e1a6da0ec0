'use strict';
// What travels: a call's transaction, the forms of its id (here 32 hexadecimal digits), and refusals.

const grpc = require('@grpc/grpc-js');

/** The id of a call's transaction, and where its coordinator is reached. */
function fromHeaders(metadata) {
  const [bytes] = metadata.get('avow-transaction-bin');
  const [coordinator] = metadata.get('avow-coordinator');
  if (bytes?.length !== 16 || !coordinator) {
    const words = 'this call needs a transaction: avow-transaction-bin with 16 bytes, and avow-coordinator';
    throw refused(words, grpc.status.INVALID_ARGUMENT);
  }
  return { id: bytes.toString('hex'), coordinator };
}

function toWire(id) {
  return { high: decimal(id.slice(0, 16)), low: decimal(id.slice(16)) };
}

function decimal(hex) {
  return BigInt(`0x${hex}`).toString();
}

function fromWire(transaction) {
  if (!transaction) {
    throw new Error('an order without its transaction');
  }
  return [transaction.high, transaction.low].map(hex).join('');
}

function hex(number) {
  return BigInt(number).toString(16).padStart(16, '0');
}

/** Tells the caller that this call has left nothing behind, so a commit may follow. */
function refused(words, code = grpc.status.FAILED_PRECONDITION) {
  return Object.assign(new Error(words), { code });
}

/** An answer: it wasn't done. */
function failure(words) {
  return { failure: { words } };
}

module.exports = { failure, fromHeaders, fromWire, refused, toWire };
