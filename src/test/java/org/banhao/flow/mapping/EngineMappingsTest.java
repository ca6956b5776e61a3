package org.banhao.flow.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.beans.PropertyDescriptor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.ibatis.builder.xml.XMLConfigBuilder;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.mapping.ResultMap;
import org.apache.ibatis.scripting.xmltags.MixedSqlNode;
import org.apache.ibatis.session.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.BeanUtils;

class EngineMappingsTest {

    private static final String LIST = "org/camunda/bpm/engine/impl/mapping/mappings.xml";
    private static final ClassLoader LOADER = EngineMappingsTest.class.getClassLoader();

    private static InputStream list() {
        return LOADER.getResourceAsStream(LIST);
    }

    private static Properties variables(String database) {
        return MappedEngineConfiguration.variables("", database);
    }

    private static Configuration ours(String database) {
        Configuration ours = new Configuration();
        ours.setVariables(variables(database));
        EngineMappings.read(list(), LOADER, ours);
        return ours;
    }

    private static Configuration theirs(String database) {
        return new XMLConfigBuilder(new InputStreamReader(list(), StandardCharsets.UTF_8), "", variables(database))
                .parse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"h2", "postgres"})
    void everyStatementIsTheOneThatMyBatisReads(String database) {
        Map<String, String> ours = statements(ours(database));
        Map<String, String> theirs = statements(theirs(database));
        assertThat(theirs).hasSizeGreaterThan(800);
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        theirs.forEach((id, statement) -> assertThat(ours.get(id)).as(id).isEqualTo(statement));
    }

    @Test
    void everyResultIsMappedAsMyBatisMapsIt() {
        Map<String, String> ours = results(ours("h2"));
        Map<String, String> theirs = results(theirs("h2"));
        assertThat(theirs).hasSizeGreaterThan(75);
        assertThat(ours.keySet()).isEqualTo(theirs.keySet());
        theirs.forEach((id, result) -> assertThat(ours.get(id)).as(id).isEqualTo(result));
    }

    @Test
    void theSettingsAreThoseOfTheEnginesOwnFile() throws ReflectiveOperationException {
        Configuration ours = ours("h2");
        Configuration theirs = theirs("h2");
        int compared = 0;
        for (PropertyDescriptor setting : BeanUtils.getPropertyDescriptors(Configuration.class)) {
            if (setting.getReadMethod() == null || !BeanUtils.isSimpleProperty(setting.getPropertyType())) continue;
            assertThat(setting.getReadMethod().invoke(ours))
                    .as(setting.getName())
                    .isEqualTo(setting.getReadMethod().invoke(theirs));
            compared++;
        }
        assertThat(compared).isGreaterThan(20);
    }

    @Test
    void aMappingWithAnUnknownWordIsRefused() {
        ClassLoader strange = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return text("<mapper namespace='a'><select id='b' fetchSize='5'>select 1</select></mapper>");
            }
        };
        assertThatThrownBy(() -> EngineMappings.read(
                        text("<configuration><mappers><mapper resource='x'/></mappers></configuration>"),
                        strange,
                        new Configuration()))
                .hasMessageContaining("fetchSize of <select>");
    }

    private static InputStream text(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Map<String, String> statements(Configuration configuration) {
        Map<String, String> all = new TreeMap<>();
        for (String id : new TreeSet<>(configuration.getMappedStatementNames())) {
            // short names of several statements stand for none
            if (id.contains(".")) all.put(id, printed(configuration.getMappedStatement(id)));
        }
        return all;
    }

    private static String printed(MappedStatement statement) {
        return String.join(
                "|",
                statement.getResource(),
                statement.getId(),
                String.valueOf(statement.getSqlCommandType()),
                String.valueOf(statement.getStatementType()),
                String.valueOf(statement.getFetchSize()),
                String.valueOf(statement.getTimeout()),
                String.valueOf(statement.getResultSetType()),
                String.valueOf(statement.isFlushCacheRequired()),
                String.valueOf(statement.isUseCache()),
                String.valueOf(statement.isResultOrdered()),
                String.valueOf(statement.isDirtySelect()),
                String.valueOf(statement.getCache()),
                String.valueOf(statement.hasNestedResultMaps()),
                statement.getKeyGenerator().getClass().getName(),
                statement.getLang().getClass().getName(),
                statement.getParameterMap().getId(),
                String.valueOf(statement.getParameterMap().getType()),
                statement.getResultMaps().stream()
                        .map(map -> map.getId() + map.getType())
                        .toList()
                        .toString(),
                tree(statement.getSqlSource()));
    }

    private static Map<String, String> results(Configuration configuration) {
        Map<String, String> all = new TreeMap<>();
        for (String id : new TreeSet<>(configuration.getResultMapNames()))
            // MyBatis makes one more for each case of a discriminator, though the case names another and nobody names
            // these
            if (id.contains(".") && !id.contains("_discriminator_case[")) {
                ResultMap map = configuration.getResultMap(id);
                all.put(id, tree(map));
            }
        return all;
    }

    /** Every field of MyBatis's own objects, without indents; ends of lines count, for they end comments in SQL. */
    private static String tree(Object root) {
        StringBuilder out = new StringBuilder();
        print(root, out, new HashSet<>());
        return out.toString().replaceAll("\\s*\\n\\s*", "\n").replaceAll("[ \t]+", " ");
    }

    private static void print(Object value, StringBuilder out, Set<Integer> above) {
        if (value instanceof MixedSqlNode mixed) {
            // how deep texts are nested does not matter
            for (Object node : (List<?>) field(mixed, "contents")) print(node, out, above);
        } else if (value instanceof Collection<?> all) {
            out.append('[');
            Collection<?> ordered = value instanceof Set ? sorted(all) : all;
            for (Object one : ordered) print(one, out, above);
            out.append(']');
        } else if (value instanceof Map<?, ?> map) {
            print(new TreeMap<>(map).entrySet().stream().map(Object::toString).toList(), out, above);
        } else if (value != null
                && value.getClass().getName().startsWith("org.apache.ibatis.")
                && !(value instanceof Configuration)
                && !(value instanceof Enum)) {
            if (!above.add(System.identityHashCode(value))) return;
            if (!value.getClass().getSimpleName().endsWith("TextSqlNode"))
                out.append(' ').append(value.getClass().getSimpleName()).append('{');
            for (Class<?> type = value.getClass(); type != Object.class; type = type.getSuperclass())
                for (Field field : type.getDeclaredFields())
                    if (!Modifier.isStatic(field.getModifiers())
                            && !field.getName().equals("evaluator")) {
                        print(field(value, type, field.getName()), out, above);
                        out.append(' ');
                    }
            if (!value.getClass().getSimpleName().endsWith("TextSqlNode")) out.append('}');
            above.remove(System.identityHashCode(value));
        } else if (!(value instanceof Configuration)) {
            out.append(' ').append(value).append(' ');
        }
    }

    private static List<?> sorted(Collection<?> all) {
        return new ArrayList<>(new TreeSet<>(all));
    }

    private static Object field(Object of, String name) {
        return field(of, of.getClass(), name);
    }

    private static Object field(Object of, Class<?> type, String name) {
        try {
            Field field = type.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
