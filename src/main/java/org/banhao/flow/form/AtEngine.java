package org.banhao.flow.form;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.banhao.base.Overtaken;
import org.banhao.base.Refusal;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.impl.identity.Authentication;

/** What own pages and use cases do at the engine: in whose name, and how its exceptions are told. */
public final class AtEngine {

    /** What is said to who meets a case that rests. */
    public static final String SUSPENDED = "此案已暂停办理，恢复后才能继续，您的操作没有生效。";

    private AtEngine() {}

    /** With the groups he has at this moment; whoever was signed in at the engine before is so afterwards. */
    public static <T> T as(ProcessEngine engine, String person, Supplier<T> act) {
        var identity = engine.getIdentityService();
        Authentication before = identity.getCurrentAuthentication();
        identity.clearAuthentication();
        try {
            List<String> groups = new ArrayList<>();
            identity.createGroupQuery().groupMember(person).list().forEach(group -> groups.add(group.getId()));
            identity.setAuthentication(person, groups, Collections.emptyList());
            return act.get();
        } finally {
            identity.clearAuthentication();
            if (before != null) {
                identity.setAuthentication(before.getUserId(), before.getGroupIds(), before.getTenantIds());
            }
        }
    }

    /** @throws Refusal what the form contract, the holder of the task, or a colleague who was faster has against it */
    public static <T> T refusing(Supplier<T> act) {
        try {
            return act.get();
        } catch (Refused refused) {
            throw refused.refusal();
        } catch (NotHeld no) {
            throw new Refusal(no.sentence());
        } catch (OptimisticLockingException slower) {
            throw new Overtaken();
        } catch (SuspendedEntityInteractionException resting) {
            throw new Refusal(SUSPENDED);
        }
    }
}
