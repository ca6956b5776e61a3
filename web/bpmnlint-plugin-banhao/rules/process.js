'use strict';

const { CHINESE, camunda, documentation, is } = require('../lib');

/** A process says what it is, which release it belongs to and how long its history is kept. */
module.exports = function () {
  function check(node, reporter) {
    if (!is(node, 'bpmn:Process')) return;
    if (!node.isExecutable) reporter.report(node.id, 'isExecutable must be true');
    if (!/^\d+\.\d+\.\d+$/.test(camunda(node, 'versionTag') ?? '')) reporter.report(node.id, 'camunda:versionTag is missing, such as 1.0.0');
    if (!/^P\d+D$/.test(camunda(node, 'historyTimeToLive') ?? '')) reporter.report(node.id, 'camunda:historyTimeToLive is missing, such as P3650D');
    if (!CHINESE.test(documentation(node))) reporter.report(node.id, 'a documentation in Chinese says what the process is for');
    if (node.$attrs?.['camunda:candidateStarterUsers'] || camunda(node, 'candidateStarterUsers')) {
      reporter.report(node.id, 'who may start is decided by grants, not in the model');
    }
  }

  return { check };
};
