package org.banhao.flow.deploy;

import java.sql.Connection;
import java.util.List;
import org.camunda.bpm.engine.ProcessEngine;
import org.flywaydb.core.api.migration.BaseJavaMigration;
import org.flywaydb.core.api.migration.Context;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.datasource.init.ScriptUtils;

/** The engine's tables, by the scripts in the engine's own jar. All parts: its start checks them, whether they are used or not. */
@SuppressWarnings("checkstyle:TypeName") // the name is Flyway's
public class V1__EngineSchema extends BaseJavaMigration {

    private static final List<String> PARTS = List.of(
            "engine", "history", "identity", "case.engine", "case.history", "decision.engine", "decision.history");

    @Override
    public void migrate(Context context) throws Exception {
        Connection connection = context.getConnection();
        String product = connection.getMetaData().getDatabaseProductName();
        String vendor =
                switch (product) {
                    case "H2" -> "h2";
                    case "PostgreSQL" -> "postgres";
                    default -> throw new IllegalStateException("Not a database we run on: " + product);
                };
        for (String part : PARTS) {
            ScriptUtils.executeSqlScript(
                    connection,
                    new ClassPathResource(
                            "org/camunda/bpm/engine/db/create/activiti." + vendor + ".create." + part + ".sql",
                            ProcessEngine.class.getClassLoader()));
        }
    }
}
