package org.banhao.flow.form;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.banhao.base.Refusal;
import org.banhao.flow.Shown;
import org.banhao.testing.Chromium;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Each rule of the form subset in form-js (Chromium) and in {@link FormContract}, with the same input. The server is asked twice:
 * with what the browser would send, and with the raw input, as a hostile client would.
 */
class FormRulesBrowserTest {

    private static final Path VIEWER = Path.of("web/node_modules/@bpmn-io/form-js/dist/form-viewer.umd.js");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static Page page;

    @BeforeAll
    static void browser() {
        assertThat(VIEWER).as("run npm ci in web/ first").exists();
        page = Chromium.browser().newPage();
        page.setContent("<div id='f'></div>");
        page.addScriptTag(new Page.AddScriptTagOptions().setPath(VIEWER));
    }

    @AfterAll
    static void close() {
        if (page != null) {
            page.close();
        }
    }

    /** @param serverMore the server says no to the raw input although the browser lets it pass, or the other way: why */
    private record Case(String name, String schema, String data, String serverMore) {}

    private static final List<Case> CASES = new ArrayList<>();

    private static void rule(String name, String components, String... inputs) {
        for (String input : inputs) {
            CASES.add(new Case(name, components, input, ""));
        }
    }

    private static void differs(String why, String name, String components, String input) {
        CASES.add(new Case(name, components, input, why));
    }

    private static String text(String rest) {
        return "{'type':'textfield','key':'x','label':'x'" + (rest.isEmpty() ? "" : "," + rest) + "}";
    }

    private static final String REQUIRED = text("'validate':{'required':true}");
    private static final String RADIO =
            "{'type':'radio','key':'d','values':[{'label':'A','value':'a'},{'label':'B','value':'b'}]}";

    private static String hidden(String asked, String condition) {
        return asked + "," + text("'validate':{'required':true},'conditional':{'hide':'" + condition + "'}");
    }

    static {
        rule("required text", REQUIRED, "{'x':''}", "{'x':'a'}", "{'x':' '}", "{}");
        rule(
                "minLength",
                text("'validate':{'minLength':3}"),
                "{'x':'ab'}",
                "{'x':'abc'}",
                "{'x':''}",
                "{'x':'政协啊'}",
                "{'x':'a😀'}");
        rule(
                "maxLength",
                text("'validate':{'maxLength':3}"),
                "{'x':'abcd'}",
                "{'x':'abc'}",
                "{'x':'😀😀'}",
                "{'x':'政协提案'}");
        String phone = text("'validate':{'pattern':'^1\\\\d{10}$'}");
        rule("pattern", phone, "{'x':'13800000000'}", "{'x':'1380000000'}", "{'x':''}");
        differs("the server takes full-width digits for plain ones", "pattern", phone, "{'x':'１３８００００００００'}");
        rule("pattern unanchored", text("'validate':{'pattern':'\\\\d{3}'}"), "{'x':'ab123'}", "{'x':'ab12'}");
        rule(
                "pattern class",
                text("'validate':{'pattern':'^[\\\\u4e00-\\\\u9fa5]{2,4}$'}"),
                "{'x':'张三'}",
                "{'x':'张'}",
                "{'x':'a三'}");
        rule(
                "pattern word",
                text("'validate':{'pattern':'^\\\\w+\\\\.\\\\w+$'}"),
                "{'x':'a.b'}",
                "{'x':'é.b'}",
                "{'x':'a b'}");
        String number = "{'type':'number','key':'x','validate':{'min':1,'max':180}}";
        rule("number", number, "{'x':0}", "{'x':1}", "{'x':180}", "{'x':180.5}", "{'x':null}", "{'x':'12'}");
        rule("decimals", "{'type':'number','key':'x','decimalDigits':1}", "{'x':1.5}", "{'x':1.55}", "{'x':2}");
        rule("number required", "{'type':'number','key':'x','validate':{'required':true}}", "{'x':null}", "{'x':0}");
        rule(
                "checkbox required",
                "{'type':'checkbox','key':'x','validate':{'required':true}}",
                "{'x':false}",
                "{'x':true}",
                "{}");
        rule("checkbox", "{'type':'checkbox','key':'x'}", "{'x':false}", "{'x':true}", "{}");
        rule(
                "radio required",
                RADIO.replace("'key':'d'", "'key':'x','validate':{'required':true}"),
                "{'x':'a'}",
                "{'x':'c'}",
                "{'x':null}");
        rule(
                "checklist required",
                RADIO.replace("'radio','key':'d'", "'checklist','key':'x','validate':{'required':true}"),
                "{'x':['a']}",
                "{'x':[]}");
        rule("taglist", RADIO.replace("'radio','key':'d'", "'taglist','key':'x'"), "{'x':['a','b']}", "{'x':[]}", "{}");
        rule(
                "date",
                "{'type':'datetime','subtype':'date','dateLabel':'x','key':'x','validate':{'required':true}}",
                "{'x':'2026-03-26'}",
                "{'x':null}",
                "{}");
        differs(
                "form-js lets an impossible date pass when it is prefilled", "date",
                "{'type':'datetime','subtype':'date','dateLabel':'x','key':'x'}", "{'x':'2026-02-30'}");
        for (String condition : List.of("=d = \\\"a\\\"", "=d != \\\"a\\\"", "=d = null", "=d != null")) {
            rule(
                    "hide " + condition,
                    hidden(RADIO, condition),
                    "{'d':'a','x':'1'}",
                    "{'d':'b','x':'1'}",
                    "{'d':'a'}",
                    "{'d':'b'}",
                    "{}");
        }
        String checkbox = "{'type':'checkbox','key':'c'}";
        for (String condition : List.of("=c = true", "=c != true", "=c = false")) {
            rule(
                    "hide " + condition,
                    hidden(checkbox, condition),
                    "{'c':true,'x':'1'}",
                    "{'c':false,'x':'1'}",
                    "{'c':true}",
                    "{'c':false}",
                    "{'x':'1'}",
                    "{}");
        }
        for (String condition : List.of("=n = 5", "=n != 5")) {
            rule(
                    "hide " + condition,
                    hidden("{'type':'number','key':'n'}", condition),
                    "{'n':5,'x':'1'}",
                    "{'n':6,'x':'1'}",
                    "{'n':5}",
                    "{'n':6}",
                    "{'n':null,'x':'1'}");
        }
        String both = RADIO + "," + checkbox;
        rule(
                "hide and",
                hidden(both, "=d = \\\"a\\\" and c = true"),
                "{'d':'a','c':true}",
                "{'d':'a','c':false}",
                "{'d':'b','c':true,'x':'1'}",
                "{'c':true}");
        rule(
                "hide or",
                hidden(both, "=d = \\\"a\\\" or c = true"),
                "{'d':'a','c':false}",
                "{'d':'b','c':false}",
                "{'d':null,'c':true}",
                "{'d':null,'c':false,'x':'1'}",
                "{}");
        String typed = "{'type':'textfield','key':'s'}";
        rule("hide text", hidden(typed, "=s = \\\"k\\\""), "{'s':''}", "{'s':'k'}", "{'x':'1'}");
        rule("hide empty text", hidden(typed, "=s = \\\"\\\""), "{'s':''}", "{'s':'k','x':'1'}", "{}");
        rule("hide null text", hidden(typed, "=s = null"), "{'s':''}", "{'s':'k','x':'1'}", "{}");
        rule(
                "hidden group",
                RADIO + ",{'type':'group','conditional':{'hide':'=d = \\\"a\\\"'},'components':[" + REQUIRED + "]}",
                "{'d':'a'}",
                "{'d':'b'}",
                "{'d':'b','x':'1'}");
        String list =
                "{'type':'dynamiclist','path':'r','label':'r','defaultRepetitions':1,'allowAddRemove':true,'components':[{'type':'textarea','key':'t','validate':{'required':true,'maxLength':3}},{'type':'number','key':'n','validate':{'min':1}}]}";
        rule(
                "list",
                list,
                "{'r':[{'t':'a'}]}",
                "{'r':[{'t':'a','n':2},{'t':'b'}]}",
                "{'r':[{'t':''}]}",
                "{'r':[{'t':'abcd'}]}",
                "{'r':[{'t':'a','n':0}]}",
                "{'r':[{'t':'a'},{'t':''}]}");
        rule(
                "hidden list",
                RADIO + "," + list.replace("'path'", "'conditional':{'hide':'=d = \\\"a\\\"'},'path'"),
                "{'d':'a'}",
                "{'d':'b','r':[{'t':'a'}]}",
                "{'d':'b','r':[{'t':''}]}");
        rule("readonly", text("'readonly':true,'validate':{'required':true}"), "{'x':'a'}");
    }

    @SuppressWarnings("unchecked")
    @Test
    void eachRuleMeansTheSameInTheBrowserAndOnTheServer() throws Exception {
        List<String> different = new ArrayList<>();
        int id = 0;
        for (Case one : CASES) {
            String components = one.schema().replace('\'', '"');
            while (components.contains("{\"type\"")) {
                components = components.replaceFirst("\\{\"type\"", "{\"id\":\"c" + id++ + "\",\"type\" ");
            }
            String schema = "{\"type\":\"default\",\"id\":\"t\",\"components\":[" + components + "]}";
            Map<String, Object> data = JSON.readValue(one.data().replace('\'', '"'), Map.class);
            Map<String, Object> browser = (Map<String, Object>) page.evaluate(
                    "async ([schema, data]) => { const c = document.querySelector('#f'); c.innerHTML = '';"
                            + " const f = new FormViewer.Form({container: c}); await f.importSchema(JSON.parse(schema), JSON.parse(data));"
                            + " const r = f.submit(); f.destroy(); return {data: JSON.stringify(r.data), errors: Object.keys(r.errors)}; }",
                    List.of(schema, JSON.writeValueAsString(data)));
            boolean taken = ((List<?>) browser.get("errors")).isEmpty();
            Map<String, Object> sent = JSON.readValue((String) browser.get("data"), Map.class);
            String server = server(schema, sent, data);
            if (server.isEmpty() != taken && one.serverMore().isEmpty()
                    || server.isEmpty() == taken && !one.serverMore().isEmpty()) {
                different.add(one.name() + " " + one.data() + ": browser " + browser + ", server "
                        + (server.isEmpty() ? "takes it" : server));
            }
            // a browser drops what is hidden or not offered; a hostile client does not, so raw input is never taken
            // more kindly
            if (!taken
                    && server(schema, data, data).isEmpty()
                    && one.serverMore().isEmpty()) {
                different.add(one.name() + " " + one.data() + ": raw input is taken, the browser says "
                        + browser.get("errors"));
            }
        }
        assertThat(different).isEmpty();
        assertThat(CASES).hasSizeGreaterThan(100);
    }

    private static String server(String schema, Map<String, Object> answer, Map<String, Object> shown)
            throws Exception {
        try {
            FormContract.check(
                    FormSchema.parse(JSON.writeValueAsBytes(JSON.readTree(schema))),
                    answer,
                    new Shown(readonly(schema, shown), Map.of()),
                    ids -> true);
            return "";
        } catch (Refusal refusal) {
            return refusal.sentence();
        }
    }

    /** What was shown matters for fields that are only shown. */
    private static Map<String, Object> readonly(String schema, Map<String, Object> data) {
        return schema.contains("readonly") ? data : Map.of();
    }
}
