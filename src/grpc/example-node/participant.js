'use strict';
// A participant of Avow's transactions. What each order demands stands in avow/v1/participant.proto.
//
// Each order is carried out in one piece, forcing the journal included, while this process does nothing else. So no two
// orders meet. For more than some hundred transactions per second, force the records of many at once, and then let the
// orders of one transaction wait for each other.

const { randomBytes } = require('node:crypto');
const { Journal } = require('./journal');
const { failure, fromHeaders, fromWire, refused, toWire } = require('./wire');

class Participant {
  /**
   * @param name as the coordinators know it
   * @param folder where its journal is
   * @param store what the work is about, such as a Stock
   * @param workTimeout how many milliseconds a branch may wait for its coordinator's first order
   * @param coordinatorAt gives the client of the coordinator at an address, and throws if it isn't known
   */
  constructor({ name, folder, store, workTimeout, coordinatorAt }) {
    Object.assign(this, { name, store, workTimeout, coordinatorAt });
    /** By the transaction's id. State: opened -> working -> prepared. What has ended isn't here any more. */
    this.branches = new Map();
    this.journal = new Journal(folder, (record) => this.replay(record), () => this.essence());
    // In doubt, with what it had locked.
    this.branches.forEach((branch) => store.hold(branch.work));
  }

  replay({ type, id, work, levels }) {
    switch (type) {
      case 'levels':
        this.store.restore(levels);
        break;
      case 'prepared':
        this.branches.set(id, { id, state: 'prepared', work: new Map(work) });
        break;
      case 'committed':
        this.store.apply(new Map(work));
        this.branches.delete(id);
        break;
      case 'aborted':
        this.branches.delete(id);
        break;
      default:
        throw new Error(`the journal has a record of the type ${type}: was it written by a newer version?`);
    }
  }

  essence() {
    const prepared = [...this.branches.values()].map((branch) => record('prepared', branch));
    return [{ type: 'levels', levels: this.store.levels() }, ...prepared];
  }

  /**
   * Works for the transaction of a call, and takes part in it before that.
   *
   * @param doing does the work, in one piece: all of it, or nothing and an exception
   */
  async work(metadata, doing) {
    const { id, coordinator } = fromHeaders(metadata);
    const branch = this.branches.get(id) ?? this.open(id);
    if (branch.state === 'opened') {
      // Calls that come at the same time wait for one and the same.
      branch.enlistment ??= this.enlist(branch, coordinator);
      await branch.enlistment;
    }
    // If it has ended meanwhile, nobody would end what is done now.
    if (this.branches.get(id) !== branch || branch.state !== 'working') {
      throw refused(`${this.name} works for ${id} no more: it is being ended`);
    }
    doing(branch.work);
  }

  open(id) {
    const branch = { id, state: 'opened', number: randomBytes(8).readBigUInt64BE(), work: new Map() };
    // Its coordinator may be gone, and it keeps others waiting.
    branch.expiry = setTimeout(() => this.abort(branch), this.workTimeout);
    this.branches.set(id, branch);
    return branch;
  }

  async enlist(branch, coordinator) {
    const request = { transaction: toWire(branch.id), participant: this.name, branch: String(branch.number) };
    const deadline = Date.now() + 5_000;
    try {
      const client = this.coordinatorAt(coordinator);
      await new Promise((resolve, reject) => {
        client.enlist(request, { deadline }, (why) => (why ? reject(why) : resolve()));
      });
      branch.state = 'working';
    } catch (why) {
      // Nothing was done yet: the next call tries again, with the same number.
      branch.enlistment = undefined;
      throw refused(`${this.name} can't work for ${branch.id}: ${why.message}`);
    }
  }

  /** One order, and its answer. */
  tell(order) {
    const branch = this.branches.get(fromWire(order.transaction));
    switch (order.message) {
      case 'prepare':
        return { vote: { vote: this.vote(branch) } };
      case 'commit':
        return this.commit(branch);
      case 'abort':
        this.abort(branch);
        return { ack: {} };
      case 'onePhase':
        return this.commitOnePhase(branch);
      case 'forget':
        // Nothing is ever settled alone here.
        return { ack: {} };
      default:
        return failure('an order that is not known: the coordinator speaks a newer version of the contract');
    }
  }

  vote(branch) {
    if (branch?.state === 'prepared') {
      return 'VOTE_YES';
    }
    if (branch?.state !== 'working') {
      // What isn't held, or not enlisted for certain, can't be promised. (UnknownVotesNo)
      this.abort(branch);
      return 'VOTE_NO';
    }
    if (branch.work.size === 0) {
      this.abort(branch);
      return 'VOTE_READ_ONLY';
    }
    // Before the yes leaves. (VoteDurable)
    this.journal.force(record('prepared', branch));
    branch.state = 'prepared';
    // From now on it waits for its coordinator. (NoRegret)
    clearTimeout(branch.expiry);
    return 'VOTE_YES';
  }

  commit(branch) {
    if (branch && branch.state !== 'prepared') {
      return failure(`${branch.id} isn't prepared here, so it can't be committed`);
    }
    // What isn't known was committed before.
    if (branch) {
      this.commitDurably(branch);
    }
    return { ack: {} };
  }

  commitOnePhase(branch) {
    if (branch?.state === 'prepared') {
      return failure(`${branch.id} is prepared here, for two phases`);
    }
    if (branch?.state !== 'working') {
      this.abort(branch);
      return { ended: { ending: 'ENDING_UNKNOWN' } };
    }
    this.commitDurably(branch);
    return { ended: { ending: 'ENDING_COMMITTED' } };
  }

  commitDurably(branch) {
    // Before the answer leaves, after which the coordinator forgets. (ForgetAfterAcks)
    this.journal.force(record('committed', branch));
    this.store.apply(branch.work);
    this.end(branch);
  }

  abort(branch) {
    if (branch?.state === 'prepared') {
      // It needn't be forced: after a crash it would be in doubt again, and be told again. But so it stays free.
      this.journal.force(record('aborted', branch));
    }
    if (branch) {
      this.end(branch);
    }
  }

  end(branch) {
    clearTimeout(branch.expiry);
    this.store.release(branch.work);
    this.branches.delete(branch.id);
  }

  inDoubt() {
    return [...this.branches.values()].filter(({ state }) => state === 'prepared').map(({ id }) => toWire(id));
  }
}

function record(type, { id, work }) {
  return { type, id, work: [...work] };
}

module.exports = { Participant };
