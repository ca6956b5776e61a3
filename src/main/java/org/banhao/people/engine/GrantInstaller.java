package org.banhao.people.engine;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.banhao.people.EngineGrants;
import org.banhao.people.EngineGrants.EngineGrant;
import org.banhao.people.Roles;
import org.camunda.bpm.engine.AuthorizationService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permission;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.impl.util.ResourceTypeUtil;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/** Writes the modules' {@link EngineGrants} before the first request; a second start or a second node changes nothing. */
@Component
class GrantInstaller implements SmartInitializingSingleton {

    private final ObjectProvider<AuthorizationService> authorizations;
    private final ObjectProvider<EngineGrants> grants;

    GrantInstaller(ObjectProvider<AuthorizationService> authorizations, ObjectProvider<EngineGrants> grants) {
        this.authorizations = authorizations;
        this.grants = grants;
    }

    @Override
    public void afterSingletonsInstantiated() {
        AuthorizationService service = authorizations.getObject();
        grants.orderedStream().flatMap(g -> g.grants().stream()).forEach(grant -> install(service, grant));
    }

    private static void install(AuthorizationService service, EngineGrant grant) {
        Resource resource = Resources.valueOf(grant.resource());
        Permission[] wanted = permissions(resource, grant.permissions());
        Authorization present = find(service, grant, resource);
        try {
            if (present == null) {
                present = service.createNewAuthorization(Authorization.AUTH_TYPE_GRANT);
                present.setGroupId(grant.group());
                present.setResource(resource);
                present.setResourceId(grant.resourceId());
            } else if (same(present, resource, wanted)) {
                return;
            }
            present.setPermissions(wanted);
            service.saveAuthorization(present);
        } catch (ProcessEngineException raced) {
            // another node starting at this moment wrote the same row
            Authorization now = find(service, grant, resource);
            if (now == null || !same(now, resource, wanted)) throw raced;
        }
    }

    private static Authorization find(AuthorizationService service, EngineGrant grant, Resource resource) {
        return service.createAuthorizationQuery()
                .authorizationType(Authorization.AUTH_TYPE_GRANT)
                .groupIdIn(grant.group())
                .resourceType(resource)
                .resourceId(grant.resourceId())
                .singleResult();
    }

    private static boolean same(Authorization present, Resource resource, Permission[] wanted) {
        Permission[] all = ResourceTypeUtil.getPermissionsByResourceType(resource.resourceType());
        return names(present.getPermissions(all)).equals(names(wanted));
    }

    private static Set<String> names(Permission[] permissions) {
        return Arrays.stream(permissions)
                .map(Permission::getName)
                .filter(n -> !n.equals(Permissions.NONE.getName()))
                .collect(Collectors.toSet());
    }

    private static Permission[] permissions(Resource resource, Set<String> names) {
        Permission[] all = ResourceTypeUtil.getPermissionsByResourceType(resource.resourceType());
        return names.stream()
                .map(name -> Arrays.stream(all)
                        .filter(p -> p.getName().equals(name))
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(
                                "No permission " + name + " on " + Objects.requireNonNull(resource.resourceName()))))
                .toArray(Permission[]::new);
    }

    /** What staff need to see Tasklist, and what the system administrator may look at and repair. */
    @Component
    static class OwnGrants implements EngineGrants {

        @Override
        public List<EngineGrant> grants() {
            String admin = Roles.SYSTEM_ADMINISTRATOR;
            return List.of(
                    new EngineGrant(Roles.STAFF, "APPLICATION", "tasklist", Set.of("ACCESS")),
                    new EngineGrant(admin, "APPLICATION", "cockpit", Set.of("ACCESS")),
                    new EngineGrant(admin, "APPLICATION", "admin", Set.of("ACCESS")),
                    new EngineGrant(admin, "APPLICATION", "welcome", Set.of("ACCESS")),
                    new EngineGrant(
                            admin,
                            "PROCESS_DEFINITION",
                            "*",
                            // not SUSPEND_INSTANCE: suspension fires no event of a task, so it has a use case; not
                            // RETRY_JOB:
                            // it moves or fires a timer, and with it a term, without a trace
                            Set.of("READ", "READ_INSTANCE", "READ_TASK", "READ_HISTORY")),
                    new EngineGrant(admin, "PROCESS_INSTANCE", "*", Set.of("READ")),
                    new EngineGrant(admin, "DECISION_DEFINITION", "*", Set.of("READ")),
                    new EngineGrant(admin, "DEPLOYMENT", "*", Set.of("READ")),
                    new EngineGrant(admin, "USER", "*", Set.of("READ")),
                    new EngineGrant(admin, "GROUP", "*", Set.of("READ")),
                    new EngineGrant(admin, "AUTHORIZATION", "*", Set.of("READ")),
                    new EngineGrant(admin, "SYSTEM", "*", Set.of("READ")));
        }
    }
}
