'use strict';

const { camunda, is, isBeanCall } = require('../lib');

/** Every task is due on a day that the calendar computed from a rule. */
module.exports = function () {
  function check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) return;
    const due = camunda(node, 'dueDate');
    if (!due) reporter.report(node.id, 'camunda:dueDate is missing');
    else if (!isBeanCall(due)) reporter.report(node.id, `camunda:dueDate must be one call of an allowed bean, not ${due}`);
    if (camunda(node, 'followUpDate')) reporter.report(node.id, 'no follow-up date in the model: reminders are not drawn');
  }

  return { check };
};
