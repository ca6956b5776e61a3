package org.banhao.flow;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An instance goes on with another version of its model. Published synchronously inside the transaction, after the open steps were told
 * again ({@code StepEvent.StepOffered}).
 *
 * @param renamed id of a step or timer → its id in the new version; only those that differ
 */
public record InstanceMigrated(String instanceId, @Nullable String caseNumber, Map<String, String> renamed) {}
