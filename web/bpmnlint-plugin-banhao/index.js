'use strict';

const fs = require('fs');
const path = require('path');

const names = fs
  .readdirSync(path.join(__dirname, 'rules'))
  .filter((file) => file.endsWith('.js'))
  .map((file) => file.slice(0, -3));

module.exports = {
  configs: {
    all: { rules: Object.fromEntries(names.map((name) => [name, name === 'size' ? 'warn' : 'error'])) }
  },
  rules: Object.fromEntries(names.map((name) => [name, `./rules/${name}`]))
};
