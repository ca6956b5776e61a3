'use strict';

const size = require('./size');

/** Beyond 45 flow nodes no reason is good enough. */
module.exports = () => size({ most: 45 });
