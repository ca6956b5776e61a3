'use strict';

const { is } = require('../lib');

const flowNodes = (scope) =>
  (scope.flowElements ?? []).reduce((sum, e) => sum + (is(e, 'bpmn:FlowNode') ? 1 : 0) + (e.flowElements ? flowNodes(e) : 0), 0);

/** A diagram one can read: up to 30 flow nodes; more wants a reason. The error at 46 is size-limit. */
module.exports = function ({ most = 30 } = {}) {
  function check(node, reporter) {
    if (!is(node, 'bpmn:Process')) return;
    const nodes = flowNodes(node);
    if (nodes > most) reporter.report(node.id, `${nodes} flow nodes, at most ${most}: cut where the matter changes hands`);
  }

  return { check };
};
