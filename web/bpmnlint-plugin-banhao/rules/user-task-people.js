'use strict';

const { camunda, is, isBeanCall } = require('../lib');

/**
 * Who does a task comes from a bean: a role, a unit's role or a person of the case; never a name in the model. A person and a group:
 * the group stands behind him, for the day he cannot do it.
 */
module.exports = function () {
  function check(node, reporter) {
    if (!is(node, 'bpmn:UserTask')) return;
    const groups = camunda(node, 'candidateGroups');
    const assignee = camunda(node, 'assignee');
    if (camunda(node, 'candidateUsers')) reporter.report(node.id, 'a person is never a candidate, only an assignee');
    if (!groups && !assignee) reporter.report(node.id, 'candidate groups or an assignee are missing');
    for (const [what, text] of [['candidateGroups', groups], ['assignee', assignee]]) {
      if (text && !isBeanCall(text)) reporter.report(node.id, `camunda:${what} must be one call of an allowed bean, not ${text}`);
    }
    for (const owner of ['bpmn:HumanPerformer', 'bpmn:PotentialOwner']) {
      if ((node.resources ?? []).some((r) => is(r, owner))) reporter.report(node.id, 'people by camunda attributes only');
    }
  }

  return { check };
};
