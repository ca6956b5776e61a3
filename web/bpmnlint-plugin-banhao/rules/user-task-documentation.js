'use strict';

const { CHINESE, documentation, is } = require('../lib');

/** The text people read on the task: what to do and look at; what happens then; which rule asks for it. */
module.exports = function () {
  function check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) return;
    const lines = documentation(node).split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
    if (lines.length < 3) {
      reporter.report(node.id, 'the documentation needs three lines: what to do, what happens then, which rule asks for it');
    } else if (!lines.every((line) => CHINESE.test(line))) {
      reporter.report(node.id, 'the documentation is read by people: Chinese');
    }
  }

  return { check };
};
