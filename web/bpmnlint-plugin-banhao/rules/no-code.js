'use strict';

const { camunda, extensions, is, isAny, texts } = require('../lib');

/** No code in a model: no script, no class name, no external worker; a service task is one delegate bean. */
module.exports = function () {
  function check(node, reporter) {
    if (is(node, 'bpmn:ScriptTask')) return reporter.report(node.id, 'no script task: a delegate bean calls one use case');
    if (isAny(node, ['bpmn:ServiceTask', 'bpmn:SendTask', 'bpmn:BusinessRuleTask'])) {
      if (camunda(node, 'type')) reporter.report(node.id, 'no camunda:type: a delegate bean calls one use case');
      if (camunda(node, 'expression')) reporter.report(node.id, 'camunda:delegateExpression instead of camunda:expression');
      if (!is(node, 'bpmn:BusinessRuleTask') && !camunda(node, 'delegateExpression')) {
        reporter.report(node.id, 'camunda:delegateExpression is missing');
      }
    }
    if (!isAny(node, ['bpmn:FlowElement', 'bpmn:Process'])) return;
    const holders = [node, ...(node.eventDefinitions ?? []), ...(node.loopCharacteristics ? [node.loopCharacteristics] : [])];
    for (const holder of holders) {
      if (camunda(holder, 'class')) reporter.report(node.id, `no camunda:class: ${camunda(holder, 'class')}`);
      for (const extension of extensions(holder)) {
        if (isAny(extension, ['camunda:ExecutionListener', 'camunda:TaskListener'])) {
          if (extension.class) reporter.report(node.id, `no class as listener: ${extension.class}`);
          if (extension.expression) reporter.report(node.id, 'camunda:delegateExpression instead of camunda:expression in listeners');
          if (extension.script) reporter.report(node.id, 'no script as listener');
        }
        if (is(extension, 'camunda:Connector') || extension.$type === 'camunda:connector') reporter.report(node.id, 'no connectors');
        for (const [, , owner] of texts(extension)) {
          if (is(owner, 'camunda:Script') || owner.$type === 'camunda:script') {
            reporter.report(node.id, 'no inline script in parameters');
            break;
          }
        }
      }
    }
    const condition = node.conditionExpression;
    if (condition?.language || condition?.$attrs?.['camunda:resource'] || (condition && camunda(condition, 'resource'))) {
      reporter.report(node.id, 'a condition is an expression, never a script');
    }
  }

  return { check };
};
