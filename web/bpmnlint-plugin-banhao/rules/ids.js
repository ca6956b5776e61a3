'use strict';

const { is } = require('../lib');

const PREFIX = {
  'bpmn:UserTask': 'userTask', 'bpmn:ServiceTask': 'serviceTask', 'bpmn:BusinessRuleTask': 'businessRuleTask',
  'bpmn:SendTask': 'sendTask', 'bpmn:ReceiveTask': 'receiveTask', 'bpmn:ManualTask': 'manualTask',
  'bpmn:CallActivity': 'callActivity', 'bpmn:SubProcess': 'subProcess', 'bpmn:Transaction': 'subProcess',
  'bpmn:SequenceFlow': 'flow', 'bpmn:EndEvent': 'end', 'bpmn:StartEvent': 'start',
  'bpmn:TextAnnotation': 'annotation', 'bpmn:Association': 'association',
  'bpmn:Message': 'message', 'bpmn:Error': 'error', 'bpmn:Escalation': 'escalation', 'bpmn:Signal': 'signal'
};
const EVENT = {
  'bpmn:TimerEventDefinition': 'timer', 'bpmn:MessageEventDefinition': 'message', 'bpmn:ErrorEventDefinition': 'error',
  'bpmn:EscalationEventDefinition': 'escalation', 'bpmn:SignalEventDefinition': 'signal',
  'bpmn:ConditionalEventDefinition': 'conditional', 'bpmn:CompensateEventDefinition': 'compensation',
  'bpmn:LinkEventDefinition': 'link'
};

/** Ids say the type and the meaning, so that code, tests and history can be read: userTask_firstReview. */
module.exports = function () {
  function expected(node) {
    if (is(node, 'bpmn:Gateway')) return ['gateway'];
    if (is(node, 'bpmn:Event')) {
      const kind = EVENT[node.eventDefinitions?.[0]?.$type];
      if (is(node, 'bpmn:StartEvent')) return kind ? ['start', kind] : ['start'];
      if (is(node, 'bpmn:EndEvent')) return ['end'];
      return [kind ?? 'event'];
    }
    return PREFIX[node.$type] ? [PREFIX[node.$type]] : null;
  }

  function check(node, reporter) {
    if (is(node, 'bpmn:Process')) {
      if (!/^[a-z][A-Za-z]{2,50}$/.test(node.id)) reporter.report(node.id, 'a process id is camelCase letters, such as proposalReview');
      return;
    }
    const prefixes = expected(node);
    if (!prefixes) return;
    const id = node.id ?? '';
    const [, prefix, rest] = /^([A-Za-z]+)_(.+)$/.exec(id) ?? [];
    if (!prefix || !prefixes.includes(prefix)) {
      reporter.report(id, `the id must be ${prefixes.join('_… or ')}_… and say what it means`);
    } else if (!/^[a-z][A-Za-z0-9]*$/.test(rest) || id.length > 60) {
      reporter.report(id, 'after the prefix an id is camelCase, at most 60 characters');
    } else if (/^[0-9a-z]{7}$/.test(rest) && /\d/.test(rest)) {
      reporter.report(id, 'the id was made by the modeler: say what it means');
    }
  }

  return { check };
};
