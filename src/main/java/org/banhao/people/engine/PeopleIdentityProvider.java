package org.banhao.people.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.authorization.Authorization;
import org.camunda.bpm.engine.authorization.Permissions;
import org.camunda.bpm.engine.authorization.Resource;
import org.camunda.bpm.engine.authorization.Resources;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.GroupQuery;
import org.camunda.bpm.engine.identity.NativeUserQuery;
import org.camunda.bpm.engine.identity.Tenant;
import org.camunda.bpm.engine.identity.TenantQuery;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.identity.UserQuery;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.Direction;
import org.camunda.bpm.engine.impl.GroupQueryImpl;
import org.camunda.bpm.engine.impl.Page;
import org.camunda.bpm.engine.impl.QueryOrderingProperty;
import org.camunda.bpm.engine.impl.TenantQueryImpl;
import org.camunda.bpm.engine.impl.UserQueryImpl;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.ReadOnlyIdentityProvider;
import org.camunda.bpm.engine.impl.interceptor.CommandContext;
import org.camunda.bpm.engine.impl.interceptor.CommandExecutor;
import org.camunda.bpm.engine.impl.persistence.entity.GroupEntity;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the engine may know about people: who exists, the display name, the groups. It never sees a password. Only the
 * read-only interface is implemented: so the engine refuses all writes and its set-up page stays shut.
 *
 * <p>A name by its exact id is for everybody signed in; rolling through people or groups needs READ on all of them.
 */
class PeopleIdentityProvider implements ReadOnlyIdentityProvider {

    private static final String GROUP_TYPE = "WORKFLOW";

    private final JdbcClient db;

    PeopleIdentityProvider(JdbcClient db) {
        this.db = db;
    }

    /** Nobody signs in with the engine. */
    @Override
    public boolean checkPassword(String userId, String password) {
        return false;
    }

    @Override
    public @Nullable User findUserById(@Nullable String id) {
        return id == null ? null : first(new Users(null).only(id));
    }

    @Override
    public @Nullable Group findGroupById(@Nullable String id) {
        return id == null ? null : first(new Groups(null).only(id));
    }

    @Override
    public @Nullable Tenant findTenantById(String id) {
        return null;
    }

    @Override
    public UserQuery createUserQuery() {
        return new Users(executor());
    }

    @Override
    public UserQuery createUserQuery(CommandContext context) {
        return new Users(null);
    }

    @Override
    public GroupQuery createGroupQuery() {
        return new Groups(executor());
    }

    @Override
    public GroupQuery createGroupQuery(CommandContext context) {
        return new Groups(null);
    }

    @Override
    public TenantQuery createTenantQuery() {
        return new NoTenants(executor());
    }

    @Override
    public TenantQuery createTenantQuery(CommandContext context) {
        return new NoTenants(null);
    }

    @Override
    public NativeUserQuery createNativeUserQuery() {
        throw new UnsupportedOperationException("People are not in the engine's tables");
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}

    private static CommandExecutor executor() {
        return Context.getProcessEngineConfiguration().getCommandExecutorTxRequired();
    }

    private static <T> @Nullable T first(List<T> found) {
        return found.isEmpty() ? null : found.get(0);
    }

    private static boolean mayEnumerate(Resource resource) {
        CommandContext context = Context.getCommandContext();
        if (context == null
                || !Context.getProcessEngineConfiguration().isAuthorizationEnabled()
                || context.getAuthentication() == null
                || !context.isAuthorizationCheckEnabled()) return true;
        return context.getAuthorizationManager().isAuthorized(Permissions.READ, resource, Authorization.ANY);
    }

    /** Collects conditions; only columns named in this class reach SQL, values are always parameters. */
    private static final class Where {

        private final StringBuilder sql = new StringBuilder(" where 1=1");
        private final List<Object> args = new ArrayList<>();

        Where equal(String column, @Nullable Object value) {
            if (value == null) return this;
            return with(column + " = ?", value);
        }

        Where like(String column, @Nullable String value) {
            if (value == null) return this;
            return with("lower(" + column + ") like lower(?)", value);
        }

        Where in(String column, String @Nullable [] values) {
            if (values == null) return this;
            sql.append(" and ").append(column).append(" in (");
            sql.append(String.join(",", Collections.nCopies(values.length, "?")))
                    .append(')');
            args.addAll(List.of(values));
            return this;
        }

        Where with(String condition, @Nullable Object value) {
            if (value == null) return this;
            sql.append(" and ").append(condition);
            args.add(value);
            return this;
        }

        Where never(boolean impossible) {
            if (impossible) sql.append(" and 1=0");
            return this;
        }

        /** Since 7.24 the page of a query stands in the query itself and is handed over only by some callers. */
        String page(@Nullable Page page, AbstractQuery<?, ?> query, Map<String, String> columns, String last) {
            int first = page == null ? query.getFirstResult() : page.getFirstResult();
            int most = page == null ? query.getMaxResults() : page.getMaxResults();
            StringBuilder all = new StringBuilder(sql).append(" order by ");
            for (QueryOrderingProperty by : query.getOrderingProperties()) {
                String column = columns.get(by.getQueryProperty().getName());
                if (column == null) continue;
                all.append(column).append(by.getDirection() == Direction.DESCENDING ? " desc, " : " asc, ");
            }
            all.append(last);
            if (first > 0) all.append(" offset ").append(first).append(" rows");
            if (most < Integer.MAX_VALUE)
                all.append(" fetch next ").append(most).append(" rows only");
            return all.toString();
        }
    }

    private final class Users extends UserQueryImpl {

        private static final long serialVersionUID = 1L;

        Users(@Nullable CommandExecutor executor) {
            super(executor);
        }

        List<User> only(String userId) {
            id = userId;
            return executeList(null, null);
        }

        private Where where() {
            // closed accounts are found by id: their name still stands on what they did
            boolean byId = id != null || ids != null;
            return new Where()
                    .equal("p.id", id)
                    .in("p.id", ids)
                    .equal("p.name", firstName)
                    .like("p.name", firstNameLike)
                    .never(lastName != null && !lastName.isEmpty())
                    .never(lastNameLike != null
                            && !lastNameLike.replace("%", "").isEmpty())
                    .equal("p.email", email)
                    .like("p.email", emailLike)
                    .with(
                            "exists (select 1 from people_engine_membership m"
                                    + " where m.person_id = p.id and m.group_id = ?)",
                            groupId)
                    .with("p.active = ?", byId ? null : Boolean.TRUE)
                    .never(tenantId != null || procDefId != null)
                    .never(!byId && !mayEnumerate(Resources.USER));
        }

        @Override
        public long executeCount(@Nullable CommandContext context) {
            Where where = where();
            return db.sql("select count(*) from people_person p" + where.sql)
                    .params(where.args)
                    .query(Long.class)
                    .single();
        }

        @Override
        public List<User> executeList(@Nullable CommandContext context, @Nullable Page page) {
            Where where = where();
            Map<String, String> columns =
                    Map.of("ID_", "p.id", "FIRST_", "p.name", "LAST_", "p.name", "EMAIL_", "p.email");
            String tail = where.page(page, this, columns, "p.id");
            return db.sql("select p.id, p.name, p.email from people_person p" + tail)
                    .params(where.args)
                    .query((rs, n) -> {
                        UserEntity user = new UserEntity(rs.getString(1));
                        user.setFirstName(rs.getString(2));
                        // Tasklist prints first + " " + last: null would be read as a word
                        user.setLastName("");
                        user.setEmail(rs.getString(3));
                        return (User) user;
                    })
                    .list();
        }
    }

    private final class Groups extends GroupQueryImpl {

        private static final long serialVersionUID = 1L;

        Groups(@Nullable CommandExecutor executor) {
            super(executor);
        }

        List<Group> only(String groupId) {
            id = groupId;
            return executeList(null, null);
        }

        private Where where() {
            CommandContext context = Context.getCommandContext();
            String me =
                    context == null || context.getAuthentication() == null ? null : context.getAuthenticatedUserId();
            boolean open = id != null || ids != null || userId != null && (me == null || userId.equals(me));
            return new Where()
                    .equal("g.id", id)
                    .in("g.id", ids)
                    .equal("g.name", name)
                    .like("g.name", nameLike)
                    .never(type != null && !type.equals(GROUP_TYPE))
                    .with(
                            "exists (select 1 from people_engine_membership m"
                                    + " where m.group_id = g.id and m.person_id = ?)",
                            userId)
                    .never(tenantId != null || procDefId != null)
                    .never(!open && !mayEnumerate(Resources.GROUP));
        }

        @Override
        public long executeCount(@Nullable CommandContext context) {
            Where where = where();
            return db.sql("select count(*) from people_group g" + where.sql)
                    .params(where.args)
                    .query(Long.class)
                    .single();
        }

        @Override
        public List<Group> executeList(@Nullable CommandContext context, @Nullable Page page) {
            Where where = where();
            String tail = where.page(page, this, Map.of("ID_", "g.id", "NAME_", "g.name"), "g.id");
            return db.sql("select g.id, g.name from people_group g" + tail)
                    .params(where.args)
                    .query((rs, n) -> {
                        GroupEntity group = new GroupEntity(rs.getString(1));
                        group.setName(rs.getString(2));
                        group.setType(GROUP_TYPE);
                        return (Group) group;
                    })
                    .list();
        }
    }

    /** Must answer "none", not throw: the web applications ask for everybody's tenants. */
    private static final class NoTenants extends TenantQueryImpl {

        private static final long serialVersionUID = 1L;

        NoTenants(@Nullable CommandExecutor executor) {
            super(executor);
        }

        @Override
        public long executeCount(CommandContext context) {
            return 0;
        }

        @Override
        public List<Tenant> executeList(CommandContext context, Page page) {
            return new ArrayList<>();
        }
    }
}
