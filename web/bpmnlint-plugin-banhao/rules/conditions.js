'use strict';

const { is, outgoing } = require('../lib');

const FACT = /^\s*\$\{\s*[a-z]\w*\s*(==|!=)\s*('[^']*'|true|false|-?\d+)\s*\}\s*$/;
const YES_NO = /^\s*\$\{\s*!?\s*[a-z]\w*\.[a-z]\w*\([^)]*\)\s*\}\s*$/;
const FLAG = /^\s*\$\{\s*!?\s*[a-z]\w*\s*\}\s*$/;

/** One routing fact against one code, or one yes/no question to a bean. No default flow: an unknown answer is refused, not guessed. */
module.exports = function () {
  function check(node, reporter) {
    if (is(node, 'bpmn:SequenceFlow') && node.conditionExpression) {
      const text = node.conditionExpression.body ?? '';
      if (!FACT.test(text) && !YES_NO.test(text) && !FLAG.test(text)) {
        reporter.report(node.id, `one fact against one code, or one yes/no question to a bean: ${text}`);
      }
      if (!is(node.sourceRef, 'bpmn:Gateway')) reporter.report(node.id, 'conditions stand behind gateways only');
    }
    if (is(node, 'bpmn:ExclusiveGateway') && outgoing(node).length > 1) {
      if (node.default) reporter.report(node.id, 'no default flow: an unknown answer is refused, not guessed');
      for (const flow of outgoing(node)) {
        if (!flow.conditionExpression && node.default !== flow) reporter.report(flow.id, 'the flow needs a condition');
      }
    }
  }

  return { check };
};
