package org.banhao.flow.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.banhao.flow.form.FormSchema;
import org.banhao.flow.form.UnfitForm;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What a bundle of models and forms must satisfy before the engine takes it. Pure: used by the gate inside the engine, and by
 * whoever wants to look before deploying.
 */
public final class ModelLint {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";

    /** Attributes of the Camunda name space that run something which is not a bean on the list. */
    private static final Set<String> RUNS_CODE =
            Set.of("class", "type", "topic", "resource", "formKey", "formHandlerClass");

    private final Map<String, byte[]> resources;
    private final Set<String> beans;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> formIds = new HashSet<>();

    private ModelLint(Map<String, byte[]> resources, Set<String> beans) {
        this.resources = new TreeMap<>(resources);
        this.beans = beans;
    }

    /**
     * @param resources name → content of everything in one deployment
     * @param beans names that expressions may call
     * @return Chinese sentences, empty when the bundle is fit
     */
    public static List<String> problems(Map<String, byte[]> resources, Set<String> beans) {
        ModelLint lint = new ModelLint(resources, beans);
        lint.check();
        return List.copyOf(lint.problems);
    }

    private void check() {
        resources.forEach((name, content) -> {
            if (name.endsWith(".form")) {
                form(name, content);
            }
        });
        resources.forEach((name, content) -> {
            if (name.endsWith(".bpmn") || name.endsWith(".bpmn20.xml")) {
                bpmn(name, content);
            } else if (name.endsWith(".dmn") || name.endsWith(".dmn11.xml")) {
                dmn(name, content);
            } else if (!name.endsWith(".form")) {
                problems.add("文件 " + name + " 不是流程（.bpmn）、决策（.dmn）或表单（.form）。");
            }
        });
    }

    private void form(String name, byte[] content) {
        try {
            FormSchema form = FormSchema.parse(content);
            if (!formIds.add(form.id())) {
                problems.add("表单 " + form.id() + " 重复。");
            }
        } catch (UnfitForm unfit) {
            unfit.problems().forEach(problem -> problems.add(name + "：" + problem));
        }
    }

    private void bpmn(String name, byte[] content) {
        Document document = parse(name, content);
        if (document == null) {
            return;
        }
        for (Element element : elements(document)) {
            String where = name + " 的 " + label(element);
            String tag = BPMN.equals(element.getNamespaceURI()) ? element.getLocalName() : "";
            switch (tag) {
                case "userTask" -> userTask(element, where);
                case "startEvent" -> formRef(element, where, false);
                case "scriptTask" -> problems.add(where + " 是脚本任务，不得使用脚本。");
                case "conditionExpression" -> {
                    if (element.hasAttribute("language")) {
                        problems.add(where + " 的条件用了脚本语言，只能用表达式。");
                    }
                }
                default -> {}
            }
            if (CAMUNDA.equals(element.getNamespaceURI())
                    && Set.of("script", "connector", "formData", "errorEventDefinition")
                            .contains(element.getLocalName())) {
                problems.add(where + "（在 " + label((Element) element.getParentNode()) + "）不得使用。");
            }
            attributes(element, where);
            String text = ownText(element);
            if (!text.isEmpty()) {
                expressions(text, where);
            }
        }
    }

    private void userTask(Element task, String where) {
        formRef(task, where, true);
        if (camunda(task, "dueDate").isEmpty()) {
            problems.add(where + " 没有到期时间（dueDate）。");
        }
        String groups = camunda(task, "candidateGroups");
        String assignee = camunda(task, "assignee");
        if (groups.isEmpty() && assignee.isEmpty()) {
            problems.add(where + " 没有候选组，也没有办理人。");
        }
        for (String people : List.of(groups, assignee)) {
            if (!people.isEmpty() && !people.contains("${") && !people.contains("#{")) {
                problems.add(where + " 写死了候选组或办理人 " + people + "，须用表达式。");
            }
        }
        if (!camunda(task, "candidateUsers").isEmpty()) {
            problems.add(where + " 不得有候选人：个人只能是办理人。");
        }
        boolean documented = children(task).stream()
                .anyMatch(child -> BPMN.equals(child.getNamespaceURI())
                        && child.getLocalName().equals("documentation")
                        && !child.getTextContent().isBlank());
        if (!documented) {
            problems.add(where + " 没有说明（documentation）：做什么，依据是什么。");
        }
    }

    private void formRef(Element element, String where, boolean required) {
        String form = camunda(element, "formRef");
        if (form.isEmpty()) {
            if (required) {
                problems.add(where + " 没有表单（formRef）。");
            }
            return;
        }
        if (!camunda(element, "formRefBinding").equals("deployment")) {
            problems.add(where + " 的表单须按部署绑定（formRefBinding=\"deployment\"）。");
        }
        if (!formIds.contains(form)) {
            problems.add(where + " 的表单 " + form + " 不在本次部署里。");
        }
    }

    private void attributes(Element element, String where) {
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            Attr attribute = (Attr) attributes.item(i);
            boolean camunda = CAMUNDA.equals(attribute.getNamespaceURI())
                    // extension elements such as taskListener carry theirs without a prefix
                    || attribute.getNamespaceURI() == null && CAMUNDA.equals(element.getNamespaceURI());
            boolean data = Set.of("property", "in", "out", "inputParameter", "outputParameter", "entry")
                    .contains(element.getLocalName());
            if (camunda && !data && RUNS_CODE.contains(attribute.getLocalName())) {
                problems.add(where + " 不得使用 camunda:" + attribute.getLocalName() + "，请用允许的 Bean 表达式。");
            }
            if (camunda && attribute.getLocalName().equals("delegateExpression")) {
                problems.addAll(ExpressionLint.delegate(attribute.getValue(), beans, where));
            } else {
                expressions(attribute.getValue(), where);
            }
        }
    }

    private void expressions(String text, String where) {
        problems.addAll(ExpressionLint.problems(text, beans, where));
    }

    private void dmn(String name, byte[] content) {
        Document document = parse(name, content);
        if (document == null) {
            return;
        }
        for (Element element : elements(document)) {
            String language = element.getAttribute("expressionLanguage");
            if (!language.isEmpty() && !language.equalsIgnoreCase("feel")) {
                problems.add(name + " 的 " + label(element) + " 用了 " + language + "，决策只能用 FEEL。");
            }
            String text = ownText(element);
            if (text.contains("${") || text.contains("#{")) {
                expressions(text, name + " 的 " + label(element));
            }
        }
    }

    private @Nullable Document parse(String name, byte[] content) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            var builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder.parse(new ByteArrayInputStream(content));
        } catch (SAXException e) {
            problems.add("文件 " + name + " 不是有效的 XML。");
            return null;
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Element> elements(Document document) {
        List<Element> elements = new ArrayList<>();
        NodeList all = document.getElementsByTagName("*");
        for (int i = 0; i < all.getLength(); i++) {
            elements.add((Element) all.item(i));
        }
        return elements;
    }

    private static List<Element> children(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node n = parent.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof Element element) {
                children.add(element);
            }
        }
        return children;
    }

    private static String ownText(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node n = element.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n.getNodeType() == Node.TEXT_NODE || n.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(n.getNodeValue());
            }
        }
        return text.toString().strip();
    }

    private static String camunda(Element element, String attribute) {
        return element.getAttributeNS(CAMUNDA, attribute).strip();
    }

    private static String label(Element element) {
        String name = element.getAttribute("name");
        String id = element.getAttribute("id");
        String tag = element.getLocalName();
        return name.isEmpty() ? id.isEmpty() ? tag : tag + " " + id : "「" + name + "」";
    }
}
