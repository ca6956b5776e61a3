package org.banhao.flow.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.ibatis.builder.BaseBuilder;
import org.apache.ibatis.builder.IncompleteElementException;
import org.apache.ibatis.builder.MapperBuilderAssistant;
import org.apache.ibatis.builder.ResultMapResolver;
import org.apache.ibatis.executor.keygen.NoKeyGenerator;
import org.apache.ibatis.mapping.Discriminator;
import org.apache.ibatis.mapping.ResultFlag;
import org.apache.ibatis.mapping.ResultMapping;
import org.apache.ibatis.mapping.SqlCommandType;
import org.apache.ibatis.mapping.SqlSource;
import org.apache.ibatis.mapping.StatementType;
import org.apache.ibatis.parsing.PropertyParser;
import org.apache.ibatis.scripting.LanguageDriver;
import org.apache.ibatis.scripting.defaults.RawSqlSource;
import org.apache.ibatis.scripting.xmltags.ChooseSqlNode;
import org.apache.ibatis.scripting.xmltags.DynamicSqlSource;
import org.apache.ibatis.scripting.xmltags.ForEachSqlNode;
import org.apache.ibatis.scripting.xmltags.IfSqlNode;
import org.apache.ibatis.scripting.xmltags.MixedSqlNode;
import org.apache.ibatis.scripting.xmltags.SetSqlNode;
import org.apache.ibatis.scripting.xmltags.SqlNode;
import org.apache.ibatis.scripting.xmltags.StaticTextSqlNode;
import org.apache.ibatis.scripting.xmltags.TextSqlNode;
import org.apache.ibatis.scripting.xmltags.TrimSqlNode;
import org.apache.ibatis.scripting.xmltags.VarDeclSqlNode;
import org.apache.ibatis.scripting.xmltags.WhereSqlNode;
import org.apache.ibatis.session.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Reads the engine's SQL mappings into MyBatis. MyBatis's own reader asks an XPath for every statement, copies every included
 * fragment once more for each statement that names it and checks every file against its schema: a quarter of each start. This one
 * reads the words that the engine's mappings use, each file once, and shares the fragments. What comes out is the same, but that
 * the lines of SQL are not indented; {@code EngineMappingsTest} compares every statement.
 *
 * <p>A word it does not know stops the start: a newer engine's mappings are read anew, not guessed.
 */
final class EngineMappings extends BaseBuilder {

    private static final XMLInputFactory XML = reading();

    /** The end of a line and the empty ones and blanks around it; it stays one, for it ends a comment in SQL. */
    private static final Pattern LINE_END = Pattern.compile("\\s*\\n\\s*");

    /** Elements of a statement and what they may say. */
    private static final Map<String, Set<String>> WORDS = Map.ofEntries(
            Map.entry("mapper", Set.of("namespace")),
            Map.entry("resultMap", Set.of("id", "type", "extends")),
            Map.entry("id", Set.of("property", "column", "javaType", "jdbcType")),
            Map.entry("result", Set.of("property", "column", "javaType", "jdbcType")),
            Map.entry("constructor", Set.of()),
            Map.entry("idArg", Set.of("column", "javaType", "jdbcType")),
            Map.entry("collection", Set.of("property", "javaType", "ofType")),
            Map.entry("discriminator", Set.of("column", "javaType")),
            Map.entry("case", Set.of("value", "resultMap")),
            Map.entry("sql", Set.of("id")),
            Map.entry("select", Set.of("id", "parameterType", "resultType", "resultMap", "flushCache")),
            Map.entry("insert", Set.of("id", "parameterType")),
            Map.entry("update", Set.of("id", "parameterType")),
            Map.entry("delete", Set.of("id", "parameterType")),
            Map.entry("include", Set.of("refid")),
            Map.entry("if", Set.of("test")),
            Map.entry("choose", Set.of()),
            Map.entry("when", Set.of("test")),
            Map.entry("otherwise", Set.of()),
            Map.entry("where", Set.of()),
            Map.entry("set", Set.of()),
            Map.entry("trim", Set.of("prefix", "prefixOverrides", "suffix", "suffixOverrides")),
            Map.entry("foreach", Set.of("collection", "item", "index", "open", "close", "separator")),
            Map.entry("bind", Set.of("name", "value")));

    /** An element with what stands in it in its order, texts and elements. */
    private record Element(String name, Map<String, String> attributes, List<Object> content) {

        @Nullable
        String get(String attribute) {
            return attributes.get(attribute);
        }

        String need(String attribute) {
            String value = attributes.get(attribute);
            if (value == null) throw new IllegalStateException("<" + name + "> without " + attribute);
            return value;
        }

        List<Element> elements() {
            return content.stream()
                    .filter(Element.class::isInstance)
                    .map(Element.class::cast)
                    .toList();
        }
    }

    /** @param dynamic put together anew for each call */
    private record Part(SqlNode node, boolean dynamic) {}

    private record Mapper(MapperBuilderAssistant assistant, Element root) {}

    private final Properties variables;
    private final LanguageDriver language;
    /** By namespace and id. */
    private final Map<String, Element> fragments = new HashMap<>();
    /** Fragments as built; what a fragment itself includes is looked for in the namespace of the statement. */
    private final Map<String, Part> built = new HashMap<>();

    private EngineMappings(Configuration configuration) {
        super(configuration);
        this.variables = configuration.getVariables();
        this.language = configuration.getLanguageRegistry().getDefaultDriver();
    }

    /**
     * @param list the file that names the mappings; closed by the caller
     * @param into with its variables set
     */
    static void read(InputStream list, ClassLoader loader, Configuration into) {
        try {
            EngineMappings mappings = new EngineMappings(into);
            List<Mapper> mappers = new ArrayList<>();
            for (String resource : resources(list)) {
                try (InputStream file = loader.getResourceAsStream(resource)) {
                    if (file == null) throw new IllegalStateException("No mapping " + resource);
                    mappers.add(mappings.mapper(resource, file));
                }
            }
            mappings.build(mappers);
        } catch (XMLStreamException | IOException e) {
            throw new IllegalStateException("The engine's mappings cannot be read", e);
        }
    }

    private static XMLInputFactory reading() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        return factory;
    }

    private static List<String> resources(InputStream list) throws XMLStreamException {
        List<String> resources = new ArrayList<>();
        XMLStreamReader reader = XML.createXMLStreamReader(list);
        while (reader.hasNext())
            if (reader.next() == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("mapper"))
                resources.add(reader.getAttributeValue(null, "resource"));
        return resources;
    }

    private Mapper mapper(String resource, InputStream file) throws XMLStreamException {
        Element root = element(XML.createXMLStreamReader(file));
        MapperBuilderAssistant assistant = new MapperBuilderAssistant(configuration, resource);
        assistant.setCurrentNamespace(root.need("namespace"));
        for (Element sql : root.elements())
            if (sql.name().equals("sql")) fragments.put(assistant.applyCurrentNamespace(sql.need("id"), false), sql);
        configuration.addLoadedResource(resource);
        return new Mapper(assistant, root);
    }

    private Element element(XMLStreamReader reader) throws XMLStreamException {
        Deque<Element> open = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (true) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    Element inner = begin(reader);
                    if (!open.isEmpty()) {
                        flush(text, open.element());
                        open.element().content().add(inner);
                    }
                    open.push(inner);
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    flush(text, open.element());
                    Element done = open.pop();
                    if (open.isEmpty()) return done;
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) text.append(reader.getText());
                }
                default -> {
                    // comments, and what stands before the first element
                }
            }
        }
    }

    private Element begin(XMLStreamReader reader) {
        String name = reader.getLocalName();
        Set<String> known = WORDS.get(name);
        if (known == null) throw new IllegalStateException("<" + name + "> is not known in the engine's mappings");
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            String attribute = reader.getAttributeLocalName(i);
            if (!known.contains(attribute))
                throw new IllegalStateException(attribute + " of <" + name + "> is not known in the engine's mappings");
            attributes.put(attribute, replaced(reader.getAttributeValue(i)));
        }
        return new Element(name, attributes, new ArrayList<>());
    }

    private void flush(StringBuilder text, Element into) {
        if (text.length() == 0) return;
        String whole = replaced(text.toString());
        // text in quotes stays as it is
        into.content().add(whole.indexOf('\'') < 0 ? LINE_END.matcher(whole).replaceAll("\n") : whole);
        text.setLength(0);
    }

    private String replaced(String text) {
        return text.contains("${") ? PropertyParser.parse(text, variables) : text;
    }

    private void build(List<Mapper> mappers) {
        List<Runnable> later = new ArrayList<>();
        for (Mapper mapper : mappers)
            for (Element element : mapper.root().elements())
                if (element.name().equals("resultMap")) {
                    try {
                        resultMap(mapper.assistant(), element);
                    } catch (IncompleteElementException extendsALaterOne) {
                        later.add(() -> resultMap(mapper.assistant(), element));
                    }
                }
        later.forEach(Runnable::run);
        for (Mapper mapper : mappers)
            for (Element element : mapper.root().elements())
                switch (element.name()) {
                    case "select" -> statement(mapper.assistant(), element, SqlCommandType.SELECT);
                    case "insert" -> statement(mapper.assistant(), element, SqlCommandType.INSERT);
                    case "update" -> statement(mapper.assistant(), element, SqlCommandType.UPDATE);
                    case "delete" -> statement(mapper.assistant(), element, SqlCommandType.DELETE);
                    case "resultMap", "sql" -> {
                        // done above
                    }
                    default -> throw misplaced(element);
                }
    }

    private static IllegalStateException misplaced(Element element) {
        return new IllegalStateException(
                "<" + element.name() + "> stands where it is not known in the engine's mappings");
    }

    private void resultMap(MapperBuilderAssistant assistant, Element element) {
        String id = element.need("id");
        Class<?> type = resolveClass(element.need("type"));
        List<ResultMapping> mappings = new ArrayList<>();
        Discriminator discriminator = null;
        for (Element child : element.elements()) {
            switch (child.name()) {
                case "id" -> mappings.add(mapping(assistant, type, child, null, ResultFlag.ID));
                case "result" -> mappings.add(mapping(assistant, type, child, null));
                case "constructor" -> {
                    for (Element argument : child.elements())
                        mappings.add(mapping(assistant, type, argument, null, ResultFlag.CONSTRUCTOR, ResultFlag.ID));
                }
                case "collection" -> mappings.add(mapping(assistant, type, child, collected(assistant, id, child)));
                case "discriminator" -> discriminator = discriminator(assistant, type, child);
                default -> throw misplaced(child);
            }
        }
        new ResultMapResolver(assistant, id, type, element.get("extends"), discriminator, mappings, null).resolve();
    }

    /** The map of a collection's elements, which has no name of its own; it gets that of MyBatis. */
    private String collected(MapperBuilderAssistant assistant, String outer, Element collection) {
        Class<?> type = resolveClass(collection.need("ofType"));
        List<ResultMapping> mappings = new ArrayList<>();
        for (Element child : collection.elements()) {
            if (!child.name().equals("result")) throw misplaced(child);
            mappings.add(mapping(assistant, type, child, null));
        }
        String id = "mapper_resultMap[" + outer + "]_collection[" + collection.need("property") + "]";
        return new ResultMapResolver(assistant, id, type, null, null, mappings, null)
                .resolve()
                .getId();
    }

    private ResultMapping mapping(
            MapperBuilderAssistant assistant,
            Class<?> type,
            Element element,
            @Nullable String nested,
            ResultFlag... flags) {
        return assistant.buildResultMapping(
                type,
                element.get("property"),
                element.get("column"),
                resolveClass(element.get("javaType")),
                resolveJdbcType(element.get("jdbcType")),
                null,
                nested,
                null,
                null,
                null,
                new ArrayList<>(List.of(flags)),
                null,
                null,
                false);
    }

    private Discriminator discriminator(MapperBuilderAssistant assistant, Class<?> type, Element element) {
        Map<String, String> cases = new HashMap<>();
        for (Element one : element.elements()) {
            if (!one.name().equals("case")) throw misplaced(one);
            cases.put(one.need("value"), one.need("resultMap"));
        }
        return assistant.buildDiscriminator(
                type, element.need("column"), resolveClass(element.need("javaType")), null, null, cases);
    }

    private void statement(MapperBuilderAssistant assistant, Element element, SqlCommandType kind) {
        boolean select = kind == SqlCommandType.SELECT;
        Class<?> parameter = resolveClass(element.get("parameterType"));
        Part part = part(assistant, element);
        SqlSource source = part.dynamic()
                ? new DynamicSqlSource(configuration, part.node())
                : new RawSqlSource(configuration, part.node(), parameter);
        assistant.addMappedStatement(
                element.need("id"),
                source,
                StatementType.PREPARED,
                kind,
                null,
                null,
                null,
                parameter,
                element.get("resultMap"),
                resolveClass(element.get("resultType")),
                null,
                booleanValueOf(element.get("flushCache"), !select),
                select,
                false,
                NoKeyGenerator.INSTANCE,
                null,
                null,
                null,
                language,
                null,
                false);
    }

    private Part part(MapperBuilderAssistant assistant, Element element) {
        List<SqlNode> nodes = new ArrayList<>();
        boolean dynamic = false;
        for (Object content : element.content()) {
            Part part = content instanceof Element child ? node(assistant, child) : text((String) content);
            nodes.add(part.node());
            dynamic |= part.dynamic();
        }
        return new Part(nodes.size() == 1 ? nodes.get(0) : new MixedSqlNode(nodes), dynamic);
    }

    private static Part text(String text) {
        if (text.contains("${")) {
            TextSqlNode node = new TextSqlNode(text);
            if (node.isDynamic()) return new Part(node, true);
        }
        return new Part(new StaticTextSqlNode(text), false);
    }

    private Part node(MapperBuilderAssistant assistant, Element element) {
        if (element.name().equals("include")) return fragment(assistant, element.need("refid"));
        return new Part(
                switch (element.name()) {
                    case "if" -> new IfSqlNode(inner(assistant, element), element.need("test"));
                    case "choose" -> choice(assistant, element);
                    case "where" -> new WhereSqlNode(configuration, inner(assistant, element));
                    case "set" -> new SetSqlNode(configuration, inner(assistant, element));
                    case "trim" ->
                        new TrimSqlNode(
                                configuration,
                                inner(assistant, element),
                                element.get("prefix"),
                                element.get("prefixOverrides"),
                                element.get("suffix"),
                                element.get("suffixOverrides"));
                    case "foreach" ->
                        new ForEachSqlNode(
                                configuration,
                                inner(assistant, element),
                                element.need("collection"),
                                (Boolean) null,
                                element.get("index"),
                                element.get("item"),
                                element.get("open"),
                                element.get("close"),
                                element.get("separator"));
                    case "bind" -> new VarDeclSqlNode(element.need("name"), element.need("value"));
                    default -> throw misplaced(element);
                },
                true);
    }

    private SqlNode inner(MapperBuilderAssistant assistant, Element element) {
        return part(assistant, element).node();
    }

    private SqlNode choice(MapperBuilderAssistant assistant, Element element) {
        List<SqlNode> whens = new ArrayList<>();
        SqlNode otherwise = null;
        for (Element child : element.elements()) {
            switch (child.name()) {
                case "when" -> whens.add(new IfSqlNode(inner(assistant, child), child.need("test")));
                case "otherwise" -> otherwise = inner(assistant, child);
                default -> throw misplaced(child);
            }
        }
        return new ChooseSqlNode(whens, otherwise);
    }

    private Part fragment(MapperBuilderAssistant assistant, String name) {
        String id = assistant.applyCurrentNamespace(name, true);
        String key = assistant.getCurrentNamespace() + ' ' + id;
        Part known = built.get(key);
        if (known != null) return known;
        Element sql = fragments.get(id);
        if (sql == null) throw new IllegalStateException("No fragment " + id + " in the engine's mappings");
        Part part = part(assistant, sql);
        built.put(key, part);
        return part;
    }
}
