'use strict';
// How many of each item are in stock, and how many of these are reserved by transactions that haven't ended.
// What a transaction works is a map: of each item, how many it takes.

const { refused } = require('./wire');

class Stock {
  constructor(levels) {
    this.restore(levels);
    this.reserved = new Map();
  }

  restore(levels) {
    this.inStock = new Map(levels);
  }

  levels() {
    return [...this.inStock];
  }

  count(item) {
    return { inStock: this.inStock.get(item) ?? 0, reserved: this.reserved.get(item) ?? 0 };
  }

  reserve(work, item, count) {
    const { inStock, reserved } = this.count(item);
    if (count < 1 || inStock - reserved < count) {
      throw refused(`${count} of "${item}" can't be reserved: there are ${inStock}, of which ${reserved} are reserved`);
    }
    add(work, item, count);
    add(this.reserved, item, count);
  }

  hold(work) {
    work.forEach((count, item) => add(this.reserved, item, count));
  }

  release(work) {
    work.forEach((count, item) => add(this.reserved, item, -count));
  }

  apply(work) {
    work.forEach((count, item) => add(this.inStock, item, -count));
  }
}

function add(map, item, count) {
  map.set(item, (map.get(item) ?? 0) + count);
}

module.exports = { Stock };
