package org.banhao.flow.deploy;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.banhao.flow.engine.SafeExpressions;
import org.camunda.bpm.impl.juel.AstBracket;
import org.camunda.bpm.impl.juel.AstDot;
import org.camunda.bpm.impl.juel.AstFunction;
import org.camunda.bpm.impl.juel.AstIdentifier;
import org.camunda.bpm.impl.juel.Builder;
import org.camunda.bpm.impl.juel.Node;
import org.camunda.bpm.impl.juel.TreeBuilderException;

/** Which expressions a model may hold: a variable, a reading of its execution, or one call to a bean on the list. */
final class ExpressionLint {

    private static final Builder PARSER = new Builder(Builder.Feature.METHOD_INVOCATIONS);
    private static final Set<String> FUNCTIONS = Set.of("now", "dateTime", "currentUser", "currentUserGroups");

    private ExpressionLint() {}

    static List<String> problems(String text, Set<String> beans, String where) {
        List<String> problems = new ArrayList<>();
        if (!text.contains("${") && !text.contains("#{")) {
            return problems;
        }
        try {
            walk(PARSER.build(text).getRoot(), text, beans, where, problems);
        } catch (TreeBuilderException e) {
            problems.add(where + " 的表达式 " + text + " 写错了。");
        }
        return problems;
    }

    /** A delegate is one bean on the list, and nothing else. */
    static List<String> delegate(String text, Set<String> beans, String where) {
        String name = text.strip().replaceAll("^[$#]\\{\\s*(\\w+)\\s*}$", "$1");
        return beans.contains(name) ? List.of() : List.of(where + " 的 delegateExpression " + text + " 不是允许的 Bean。");
    }

    private static void walk(Node node, String text, Set<String> beans, String where, List<String> problems) {
        if (node instanceof AstBracket) {
            problems.add(where + " 的表达式 " + text + " 不得用方括号。");
        } else if (node instanceof AstDot dot) {
            dot(dot, text, beans, where, problems);
        } else if (node instanceof AstFunction function && !FUNCTIONS.contains(function.getName())) {
            problems.add(where + " 的表达式 " + text + " 用了不允许的函数 " + function.getName() + "。");
        }
        for (int i = 0; i < node.getCardinality(); i++) {
            Node child = node.getChild(i);
            if (child != null) {
                walk(child, text, beans, where, problems);
            }
        }
    }

    private static void dot(AstDot dot, String text, Set<String> beans, String where, List<String> problems) {
        String member = dot.toString().replaceFirst("^\\.\\s*", "");
        if (!(dot.getChild(0) instanceof AstIdentifier base)) {
            problems.add(where + " 的表达式 " + text + " 只能直接调用允许的 Bean，不得连续取值。");
        } else if (base.getName().equals("execution") || base.getName().equals("task")) {
            if (!SafeExpressions.READABLE.contains(member)) {
                problems.add(where + " 的表达式 " + text + " 不得使用 " + base.getName() + "." + member + "。");
            }
        } else if (!beans.contains(base.getName())) {
            problems.add(where + " 的表达式 " + text + " 用了不允许的 Bean " + base.getName() + "。");
        }
    }
}
