'use strict';

const { camunda, extensions, is } = require('../lib');

/** What is called is named and bound on purpose; named variables and the business key go in, never "all". */
module.exports = function () {
  function check(node, reporter) {
    if (!is(node, 'bpmn:CallActivity')) return;
    if (!/^[a-z][A-Za-z]*$/.test(node.calledElement ?? '')) reporter.report(node.id, 'calledElement names a process');
    if (!['latest', 'deployment', 'versionTag'].includes(camunda(node, 'calledElementBinding'))) {
      reporter.report(node.id, 'camunda:calledElementBinding is missing: latest for a shared procedure, deployment for what was promised');
    }
    const mappings = extensions(node).filter((e) => is(e, 'camunda:In') || is(e, 'camunda:Out'));
    if (mappings.some((m) => m.variables === 'all')) reporter.report(node.id, 'name the variables, never all');
    if (!mappings.some((m) => is(m, 'camunda:In') && m.businessKey)) reporter.report(node.id, 'camunda:in businessKey is missing: the case number goes with it');
    for (const mapping of mappings) {
      if (!mapping.businessKey && mapping.variables !== 'all' && !mapping.target) reporter.report(node.id, 'a mapped variable needs a target');
    }
  }

  return { check };
};
