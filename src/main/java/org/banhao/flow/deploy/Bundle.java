package org.banhao.flow.deploy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.ResourcePatternResolver;

/**
 * A process with its forms and the decisions it names, deployed together: forms and decisions are bound to the deployment.
 *
 * @param process id of the process and name of its file
 * @param resources file name → content
 */
record Bundle(String process, @Nullable String versionTag, SortedMap<String, byte[]> resources) {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final String CAMUNDA = "http://camunda.org/schema/1.0/bpmn";
    private static final XMLInputFactory XML = reading();

    private static XMLInputFactory reading() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory;
    }

    /** @param folder what stands before {@code bpmn/}, {@code forms/} and {@code dmn/}, such as {@code classpath*:} */
    static List<Bundle> in(String folder, ResourcePatternResolver resolver) throws IOException {
        Map<String, Resource> forms = new LinkedHashMap<>();
        for (Resource form : resolver.getResources(folder + "forms/**/*.form")) {
            forms.put(name(form), form);
        }
        Map<String, Resource> decisions = new LinkedHashMap<>();
        for (Resource dmn : resolver.getResources(folder + "dmn/**/*.dmn")) {
            elements(dmn, dmn.getContentAsByteArray(), element -> {
                if (element.getLocalName().equals("decision")
                        && element.getNamespaceURI().contains("/DMN/")) {
                    decisions.put(attribute(element, null, "id"), dmn);
                }
            });
        }
        List<Bundle> bundles = new ArrayList<>();
        for (Resource bpmn : resolver.getResources(folder + "bpmn/**/*.bpmn")) {
            bundles.add(read(bpmn, forms, decisions));
        }
        return bundles;
    }

    private static Bundle read(Resource bpmn, Map<String, Resource> forms, Map<String, Resource> decisions)
            throws IOException {
        byte[] content = bpmn.getContentAsByteArray();
        String key = name(bpmn).replaceFirst("\\.bpmn$", "");
        List<String> processes = new ArrayList<>();
        List<String> versionTags = new ArrayList<>();
        List<String> named = new ArrayList<>();
        elements(bpmn, content, element -> {
            if (!BPMN.equals(element.getNamespaceURI())) {
                return;
            }
            if (element.getLocalName().equals("process")) {
                processes.add(attribute(element, null, "id"));
                versionTags.add(attribute(element, CAMUNDA, "versionTag"));
            } else if (element.getLocalName().equals("businessRuleTask")
                    && attribute(element, CAMUNDA, "decisionRefBinding").equals("deployment")) {
                named.add(attribute(element, CAMUNDA, "decisionRef"));
            }
        });
        if (processes.size() != 1 || !processes.get(0).equals(key)) {
            throw new UnfitModel(List.of("文件 " + name(bpmn) + " 须恰好有一个流程，编号与文件名相同。"));
        }
        SortedMap<String, byte[]> resources = new TreeMap<>();
        resources.put(name(bpmn), content);
        for (Map.Entry<String, Resource> form : forms.entrySet()) {
            if (form.getKey().startsWith(key + "_")) {
                resources.put(form.getKey(), form.getValue().getContentAsByteArray());
            }
        }
        for (String decision : named) {
            Resource dmn = decisions.get(decision);
            if (dmn != null) {
                resources.put(name(dmn), dmn.getContentAsByteArray());
            }
        }
        String versionTag = versionTags.get(0);
        return new Bundle(key, versionTag.isEmpty() ? null : versionTag, resources);
    }

    /**
     * Read without the engine's model classes and their schema, which took half a second of every start: what is deployed is
     * looked at whole by the {@link ModelGate}.
     */
    private static void elements(Resource file, byte[] content, Consumer<XMLStreamReader> each) {
        try {
            XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(content));
            while (reader.hasNext()) {
                if (reader.next() == XMLStreamConstants.START_ELEMENT) {
                    each.accept(reader);
                }
            }
        } catch (XMLStreamException unreadable) {
            throw new UnfitModel(List.of("文件 " + name(file) + " 不是可读的 XML。"));
        }
    }

    private static String attribute(XMLStreamReader element, @Nullable String namespace, String name) {
        String value = element.getAttributeValue(namespace, name);
        return value == null ? "" : value;
    }

    private static String name(Resource resource) {
        String name = resource.getFilename();
        return name == null ? "" : name;
    }

    /** SHA-256 over names and contents. */
    String hash() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            resources.forEach((name, content) -> {
                digest.update(name.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(Integer.toString(content.length).getBytes(StandardCharsets.US_ASCII));
                digest.update((byte) 0);
                digest.update(content);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
