package org.banhao.flow.form;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormSchemaTest {

    private static FormSchema parse(String components) {
        return FormSchema.parse(("{\"id\":\"t\",\"components\":[" + components.replace('\'', '"') + "]}")
                .getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'iframe','id':'a'} | 的类型 iframe 不在可用范围内",
                "{'type':'table','label':'表'} | 组件「表」的类型 table",
                "{'type':'group','label':'组','path':'p','components':[]} | 分组「组」不得有 path",
                "{'type':'textfield','key':'x.y'} | 须由英文字母、数字和下划线组成",
                "{'type':'textfield','label':'无名'} | 「无名」的 key「」",
                "{'type':'textfield','key':'assigneeExpression'} | 不得以 Expression 结尾",
                "{'type':'textfield','key':'a'},{'type':'number','key':'a'} | 字段「a」重复",
                "{'type':'textfield','key':'a','id':'i'},{'type':'number','key':'b','id':'i'} | 组件 id「i」重复",
                "{'type':'textfield','key':'a','readonly':'=b'} | 「a」的 readonly 不得是表达式",
                "{'type':'textfield','key':'a','validate':{'required':'=b'}} | 「a」的 required 不得是表达式",
                "{'type':'textfield','key':'a','label':'=b'} | label 不得是表达式",
                "{'type':'select','key':'a','valuesExpression':'=b'} | 不得用 valuesExpression",
                "{'type':'select','key':'a'} | 「a」没有选项",
                "{'type':'radio','key':'a','values':[{'value':'1'},{'value':'1'}]} | 的选项 1 重复",
                "{'type':'radio','key':'a','values':[{'value':1}]} | 有一个选项没有文字的 value",
                "{'type':'number','key':'a','increment':5} | 不得用 increment",
                "{'type':'textfield','key':'a','validate':{'validationType':'email'}} | 不得用校验类型 email",
                "{'type':'datetime','key':'a','subtype':'datetime'} | timeSerializingFormat 须为 no_timezone",
                "{'type':'textarea','key':'a','properties':{'routing':'true'}} | 「a」不得标为 routing",
                "{'type':'textarea','key':'a','validate':{'pattern':'^a$'}} | 有多行，不得有 pattern",
                "{'type':'textfield','key':'a','validate':{'maxLength':'viele'}} | 的 maxLength 须是整数",
                "{'type':'textfield','key':'a','conditional':{'hide':'b = 1'}} | 隐藏条件须以 = 开头",
                "{'type':'textfield','key':'a','conditional':{'hide':'=b > 1'}} | 只能是“字段 = 常量”",
                "{'type':'textfield','key':'a','conditional':{'hide':'=b = 1 and c = 1 or d = 1'}} | 不得混用 and 和 or",
                "{'type':'checkbox','key':'b'},{'type':'textfield','key':'a','conditional':{'hide':'=b = 1'}} | 同另一种类型的常量比较",
                "{'type':'checkbox','key':'c'},{'type':'checkbox','key':'b','conditional':{'hide':'=c = true'}},{'type':'textfield','key':'a','conditional':{'hide':'=b = true'}} | 引用了可能被隐藏的字段「b」",
                "{'type':'checklist','key':'b','values':[{'value':'1'}]},{'type':'textfield','key':'a','conditional':{'hide':'=b = null'}} | 它不是单个值",
                "{'type':'dynamiclist','label':'表','path':'p','components':[]} | 列表「表」的行里没有字段",
                "{'type':'dynamiclist','label':'表','path':'p','components':[{'type':'textfield','key':'a','conditional':{'hide':'=b = 1'}}]} | 行内的「a」不得有隐藏条件",
                "{'type':'dynamiclist','label':'表','path':'p','components':[{'type':'filepicker','key':'a'}]} | 行内不得有附件「a」",
                "{'type':'dynamiclist','label':'表','path':'p','components':[{'type':'textfield','key':'a','properties':{'routing':'true'}}]} | 行内的「a」不得标为 routing",
                "{'type':'dynamiclist','label':'表','path':'p','components':[{'type':'textfield','key':'a'},{'type':'textfield','key':'a'}]} | 列表「表」里字段「a」重复",
                "{'type':'dynamiclist','label':'表','path':'p','components':[{'type':'dynamiclist','path':'q','components':[]}]} | 里不得再有列表「q」"
            })
    void whatLeavesTheSubsetIsNamed(String components, String problem) {
        assertThatThrownBy(() -> parse(components))
                .isInstanceOf(UnfitForm.class)
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\\\\s$",
                "\\\\bx",
                "\\\\p{L}",
                "(?i)a",
                "(?=a)",
                "a++",
                "[a&&b]",
                "[a[b]]",
                "\\\\1",
                "\\\\x41",
                "(a"
            })
    void patternsTheTwoSidesReadDifferentlyAreRefused(String pattern) {
        assertThatThrownBy(() -> parse("{'type':'textfield','key':'a','validate':{'pattern':'" + pattern + "'}}"))
                .isInstanceOf(UnfitForm.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^1\\\\d{10}$",
                "^[\\\\u4e00-\\\\u9fa5]{2,4}$",
                "^\\\\w+\\\\.\\\\w+$",
                "^(?:a|b)[-/.]c$",
                "^[^\\\\[\\\\]]+$"
            })
    void patternsBothSidesReadAlikeAreTaken(String pattern) {
        assertThat(parse("{'type':'textfield','key':'a','validate':{'pattern':'" + pattern + "'}}")
                        .fields())
                .hasSize(1);
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        assertThatThrownBy(() -> parse("{'type':'iframe','id':'a'},{'type':'select','key':'b'}"))
                .satisfies(e -> assertThat(((UnfitForm) e).problems()).hasSize(2));
    }

    @Test
    void whatIsNoFormIsRefused() {
        assertThatThrownBy(() -> FormSchema.parse("{".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("表单不是有效的 JSON。");
        assertThatThrownBy(() -> FormSchema.parse(new byte[0])).hasMessage("表单没有 id。");
    }

    @Test
    void routingFieldsAreThoseMarked() {
        assertThat(parse(
                                "{'type':'group','components':[{'type':'checkbox','key':'a','properties':{'routing':'true'}},{'type':'checkbox','key':'b'}]}")
                        .routing())
                .containsExactly("a");
    }
}
