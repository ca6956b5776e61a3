'use strict';

const { is, isBeanCall } = require('../lib');

/** When a timer fires comes from the calendar: terms stand in rules with their legal source, not in the model. */
module.exports = function () {
  function check(node, reporter) {
    for (const timer of (node.eventDefinitions ?? []).filter((d) => is(d, 'bpmn:TimerEventDefinition'))) {
      const text = (timer.timeDate ?? timer.timeDuration ?? timer.timeCycle)?.body;
      if (!isBeanCall(text)) reporter.report(node.id, `the timer must be one call of an allowed bean, not ${text ?? 'nothing'}`);
    }
  }

  return { check };
};
