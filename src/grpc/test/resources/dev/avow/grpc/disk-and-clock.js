'use strict';
// Loaded before a participant's own code.
//
// The disk: only what was forced is there after a kill, which really keeps more. What is written waits in memory for fsync
// of its file, and a new name for fsync of its folder. The clock: the work timeout passes when something
// is read.

const fs = require('node:fs');
const path = require('node:path');

const real = { ...fs };
const folders = new Map();
const texts = new Map();
let renames = [];

fs.openSync = (file, flags) => {
  const fd = real.openSync(file, flags);
  folders.set(fd, path.resolve(String(file)));
  texts.set(fd, '');
  return fd;
};

fs.writeFileSync = (fd, text) => texts.set(fd, texts.get(fd) + text);

fs.fsyncSync = (fd) => {
  real.writeFileSync(fd, texts.get(fd));
  texts.set(fd, '');
  renames.filter(({ folder }) => folder === folders.get(fd)).forEach(({ from, to }) => real.renameSync(from, to));
  renames = renames.filter(({ folder }) => folder !== folders.get(fd));
};

fs.renameSync = (from, to) => renames.push({ from, to, folder: path.dirname(path.resolve(to)) });

const WORK_TIMEOUT = 60_000;
const { setTimeout: begin, clearTimeout: end } = globalThis;
const counting = new Map();

globalThis.setTimeout = (task, millis, ...more) => {
  const timer = begin(task, millis, ...more);
  if (millis === WORK_TIMEOUT) {
    counting.set(timer, task);
  }
  return timer;
};

globalThis.clearTimeout = (timer) => {
  counting.delete(timer);
  end(timer);
};

process.stdin.on('data', () => {
  counting.forEach((task) => task());
  console.log('the work timeout has passed');
});

// The test's process holds the other end: this one ends with it, however that ends.
process.stdin.on('end', () => process.exit(0));
