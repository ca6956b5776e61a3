'use strict';

const { camunda, is } = require('../lib');

/** Nobody waits for a job between one person's answer and the next person's task. */
module.exports = function () {
  function check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) return;
    if (camunda(node, 'asyncBefore') || camunda(node, 'asyncAfter') || camunda(node, 'async')) {
      reporter.report(node.id, 'no async continuation at a user task');
    }
  }

  return { check };
};
