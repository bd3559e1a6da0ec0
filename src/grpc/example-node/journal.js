'use strict';
// What must survive a crash: a file to which records are added, one a line, each behind its checksum.
//
//   5d3c9c11 {"type":"prepared","id":"3f9c02ab17de00000001000000000007","work":[["bolts",2]]}

const fs = require('node:fs');
const path = require('node:path');
const { crc32 } = require('node:zlib');

class Journal {
  /**
   * Opens the journal of this folder, which is there, and this process's alone. It is begun anew each time, so that it
   * doesn't grow for ever.
   *
   * @param replay is told each record that is there
   * @param essence says then which records mean the same as all of these
   */
  constructor(folder, replay, essence) {
    const file = path.join(folder, 'journal');
    if (fs.existsSync(file)) {
      read(file).forEach(replay);
    }
    this.fd = fs.openSync(`${file}.new`, 'w');
    this.force(...essence());
    fs.renameSync(`${file}.new`, file);
    // After a loss of power, a file is there only if its folder says so.
    forceFolder(folder);
  }

  /** Durable when it returns. */
  force(...records) {
    try {
      fs.writeFileSync(this.fd, records.map(line).join(''));
      fs.fsyncSync(this.fd);
    } catch (failure) {
      // Nobody knows what is on disk now, and a second fsync may lie. The next start reads what is there.
      console.error('the journal has failed, so this process ends:', failure);
      process.exit(1);
    }
  }
}

function line(record) {
  const json = JSON.stringify(record);
  return `${checksum(json)} ${json}\n`;
}

function checksum(json) {
  return crc32(json).toString(16).padStart(8, '0');
}

function isIntact(text) {
  return text.slice(0, 9) === `${checksum(text.slice(9))} `;
}

/** A crash may have torn the record that was written last, and nothing else: the first was forced before the file's name. */
function read(file) {
  const lines = fs.readFileSync(file, 'utf8').split('\n').slice(0, -1);
  const intact = lines.filter(isIntact);
  if (!isIntact(lines[0] ?? '') || lines.slice(intact.length).some(isIntact)) {
    throw new Error(`${file} is damaged before its end, so what was promised there is lost: bring back the disk it was on`);
  }
  return intact.map((text) => JSON.parse(text.slice(9)));
}

function forceFolder(folder) {
  const fd = fs.openSync(folder, 'r');
  fs.fsyncSync(fd);
  fs.closeSync(fd);
}

module.exports = { Journal };
