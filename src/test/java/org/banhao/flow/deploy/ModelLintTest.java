package org.banhao.flow.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelLintTest {

    private static final String TASK =
            "<userTask id='userTask_a' name='审查' camunda:formRef='p_a' camunda:formRefBinding='deployment'"
                    + " camunda:candidateGroups=\"${candidates.role('clerk')}\" camunda:dueDate=\"${deadlines.due(execution, 'a')}\">"
                    + "<documentation>请审查。</documentation></userTask>";

    private static String model(String content) {
        return "<definitions xmlns='http://www.omg.org/spec/BPMN/20100524/MODEL' xmlns:camunda='http://camunda.org/schema/1.0/bpmn'"
                + " targetNamespace='t'><process id='p' isExecutable='true'>" + content + "</process></definitions>";
    }

    private static java.util.List<String> problems(String model) {
        Map<String, byte[]> resources = new HashMap<>();
        resources.put("p.bpmn", model.getBytes(StandardCharsets.UTF_8));
        resources.put("p_a.form", "{\"id\":\"p_a\",\"components\":[]}".getBytes(StandardCharsets.UTF_8));
        return ModelLint.problems(resources, Set.of("candidates", "deadlines", "mergeCases"));
    }

    @Test
    void aFitModelHasNoProblem() {
        assertThat(
                        problems(
                                model(
                                        TASK + "<serviceTask id='s' camunda:delegateExpression='${mergeCases}'/>"
                                                + "<callActivity id='c' calledElement='x'><extensionElements>"
                                                + "<camunda:in businessKey='#{execution.processBusinessKey}'/></extensionElements></callActivity>"
                                                + "<sequenceFlow id='f'><conditionExpression>${verdict == 'pass' and !deadlines.late(execution)}</conditionExpression></sequenceFlow>")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "camunda:formRef='p_a' |  | 没有表单",
                "camunda:formRefBinding='deployment' | camunda:formRefBinding='latest' | 须按部署绑定",
                "'p_a' | 'p_b' | 的表单 p_b 不在本次部署里",
                "camunda:dueDate=\"${deadlines.due(execution, 'a')}\" | | 没有到期时间",
                "camunda:candidateGroups=\"${candidates.role('clerk')}\" | | 没有候选组，也没有办理人",
                "camunda:candidateGroups=\"${candidates.role('clerk')}\" | camunda:assignee='demo' | 写死了候选组或办理人 demo",
                "name='审查' | name='审查' camunda:candidateUsers='${x}' | 不得有候选人",
                "<documentation>请审查。</documentation> | <documentation> </documentation> | 没有说明",
                "name='审查' | name='${jdbc.sql(1)}' | 不允许的 Bean jdbc"
            })
    void aUserTaskThatLacksSomethingIsNamed(String part, String instead, String problem) {
        String task = TASK.replace(part, instead == null ? "" : instead);
        assertThat(task).isNotEqualTo(TASK);
        assertThat(problems(model(task))).anyMatch(p -> p.contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<scriptTask id='s' scriptFormat='groovy'/> | 不得使用脚本",
                "<serviceTask id='s' camunda:class='a.B'/> | 不得使用 camunda:class",
                "<serviceTask id='s' camunda:type='external' camunda:topic='x'/> | 不得使用 camunda:type",
                "<serviceTask id='s' camunda:delegateExpression='${unknown}'/> | 不是允许的 Bean",
                "<serviceTask id='s' camunda:delegateExpression='${mergeCases.other}'/> | 不是允许的 Bean",
                "<serviceTask id='s' camunda:expression='${unknown.go()}'/> | 不允许的 Bean unknown",
                "<serviceTask id='s'><extensionElements><camunda:executionListener class='a.B' event='end'/></extensionElements></serviceTask> | 不得使用 camunda:class",
                "<serviceTask id='s'><extensionElements><camunda:inputOutput><camunda:inputParameter name='x'><camunda:script scriptFormat='js'>1</camunda:script></camunda:inputParameter></camunda:inputOutput></extensionElements></serviceTask> | script",
                "<serviceTask id='s'><extensionElements><camunda:connector/></extensionElements></serviceTask> | connector",
                "<userTask id='u' camunda:formKey='embedded:x'/> | 不得使用 camunda:formKey",
                "<sequenceFlow id='f'><conditionExpression language='groovy'>true</conditionExpression></sequenceFlow> | 脚本语言",
                "<sequenceFlow id='f'><conditionExpression>${execution.setVariable('a', 1)}</conditionExpression></sequenceFlow> | 不得使用 execution.setVariable",
                "<sequenceFlow id='f'><conditionExpression>${execution.processEngineServices.runtimeService}</conditionExpression></sequenceFlow> | execution.processEngineServices",
                "<sequenceFlow id='f'><conditionExpression>${''['class']}</conditionExpression></sequenceFlow> | 不得用方括号",
                "<sequenceFlow id='f'><conditionExpression>${candidates.role('a').bytes}</conditionExpression></sequenceFlow> | 不得连续取值",
                "<sequenceFlow id='f'><conditionExpression>${XML('a')}</conditionExpression></sequenceFlow> | 不允许的函数 XML",
                "<sequenceFlow id='f'><conditionExpression>${a b}</conditionExpression></sequenceFlow> | 写错了",
                "<startEvent id='s' camunda:formRef='p_x' camunda:formRefBinding='deployment'/> | 的表单 p_x 不在本次部署里"
            })
    void whatRunsCodeOffTheListIsNamed(String element, String problem) {
        assertThat(problems(model(element))).anyMatch(p -> p.contains(problem));
    }

    @Test
    void anEntityInAModelIsRefusedUnread() {
        assertThat(problems("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>"))
                .containsExactly("文件 p.bpmn 不是有效的 XML。");
    }

    @Test
    void decisionsAreWrittenInFeelAndOtherFilesAreRefused() {
        Map<String, byte[]> resources = Map.of(
                "d.dmn",
                        "<definitions><decision id='d' name='推荐'><x expressionLanguage='groovy'/></decision></definitions>"
                                .getBytes(StandardCharsets.UTF_8),
                "run.groovy", new byte[0],
                "bad.form",
                        "{\"id\":\"bad\",\"components\":[{\"type\":\"iframe\",\"id\":\"i\"}]}"
                                .getBytes(StandardCharsets.UTF_8));
        assertThat(ModelLint.problems(resources, Set.of()))
                .hasSize(3)
                .anyMatch(p -> p.contains("groovy，决策只能用 FEEL"))
                .anyMatch(p -> p.contains("run.groovy"))
                .anyMatch(p -> p.contains("bad.form：组件「i」"));
    }
}
