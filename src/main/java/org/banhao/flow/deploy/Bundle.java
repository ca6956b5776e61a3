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
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.BusinessRuleTask;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.Decision;
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

    /** @param folder what stands before {@code bpmn/}, {@code forms/} and {@code dmn/}, such as {@code classpath*:} */
    static List<Bundle> in(String folder, ResourcePatternResolver resolver) throws IOException {
        Map<String, Resource> forms = new LinkedHashMap<>();
        for (Resource form : resolver.getResources(folder + "forms/**/*.form")) {
            forms.put(name(form), form);
        }
        Map<String, Resource> decisions = new LinkedHashMap<>();
        for (Resource dmn : resolver.getResources(folder + "dmn/**/*.dmn")) {
            byte[] content = dmn.getContentAsByteArray();
            Dmn.readModelFromStream(new ByteArrayInputStream(content))
                    .getModelElementsByType(Decision.class)
                    .forEach(decision -> decisions.put(decision.getId(), dmn));
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
        BpmnModelInstance model = Bpmn.readModelFromStream(new ByteArrayInputStream(content));
        List<Process> processes = List.copyOf(model.getModelElementsByType(Process.class));
        if (processes.size() != 1 || !processes.get(0).getId().equals(key)) {
            throw new UnfitModel(List.of("文件 " + name(bpmn) + " 须恰好有一个流程，编号与文件名相同。"));
        }
        SortedMap<String, byte[]> resources = new TreeMap<>();
        resources.put(name(bpmn), content);
        for (Map.Entry<String, Resource> form : forms.entrySet()) {
            if (form.getKey().startsWith(key + "_")) {
                resources.put(form.getKey(), form.getValue().getContentAsByteArray());
            }
        }
        for (BusinessRuleTask task : model.getModelElementsByType(BusinessRuleTask.class)) {
            Resource dmn = decisions.get(String.valueOf(task.getCamundaDecisionRef()));
            if (dmn != null && "deployment".equals(task.getCamundaDecisionRefBinding())) {
                resources.put(name(dmn), dmn.getContentAsByteArray());
            }
        }
        return new Bundle(key, processes.get(0).getCamundaVersionTag(), resources);
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
