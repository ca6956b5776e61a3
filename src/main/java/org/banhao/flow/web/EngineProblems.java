package org.banhao.flow.web;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.banhao.base.Refusal;
import org.banhao.flow.deploy.UnfitModel;
import org.banhao.flow.form.NotHeld;
import org.banhao.flow.form.Refused;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.SuspendedEntityInteractionException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandler;
import org.camunda.bpm.engine.rest.exception.JsonMappingExceptionHandler;
import org.camunda.bpm.engine.rest.exception.JsonParseExceptionHandler;
import org.camunda.bpm.engine.rest.exception.ProcessEngineExceptionHandler;
import org.camunda.bpm.engine.rest.exception.RestException;
import org.camunda.bpm.engine.rest.exception.RestExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * What the engine's REST resources throw, as one Chinese sentence. Without these a refusal is wrapped in English, plain start answers
 * it with 500, and so is whoever was a moment slower than a colleague.
 */
final class EngineProblems {

    private static final Logger LOG = LoggerFactory.getLogger(EngineProblems.class);

    static final Set<Class<?>> MAPPERS = Set.of(
            OfRest.class,
            OfRefused.class,
            OfRefusal.class,
            OfUnfitModel.class,
            OfCollision.class,
            OfMissing.class,
            OfEngine.class,
            OfJsonText.class,
            OfJsonShape.class,
            OfAnything.class);

    /** The engine's own, whose words are English and name classes. */
    static final Set<Class<?>> STOCK = Set.of(
            RestExceptionHandler.class,
            ProcessEngineExceptionHandler.class,
            JsonParseExceptionHandler.class,
            JsonMappingExceptionHandler.class,
            ExceptionHandler.class);

    private EngineProblems() {}

    static @Nullable Problem of(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof Refused refused) {
                return Problem.of(refused.refusal());
            } else if (at instanceof NotHeld no) {
                return Problem.of(no);
            } else if (at instanceof Refusal refusal) {
                return Problem.of(refusal);
            } else if (at instanceof UnfitModel unfit) {
                return new Problem(400, "UnfitModel", String.valueOf(unfit.getMessage()), null);
            } else if (at instanceof OptimisticLockingException || at instanceof ConcurrencyFailureException) {
                return Problem.FASTER;
            } else if (at instanceof SuspendedEntityInteractionException) {
                return Problem.of(NotHeld.suspended());
            } else if (at instanceof NullValueException) {
                return Problem.GONE;
            } else if (at instanceof AuthorizationException) {
                return Problem.NOT_ALLOWED;
            } else if (at instanceof JsonProcessingException) {
                return Problem.UNREADABLE;
            }
        }
        return null;
    }

    /** What no case above knows, told by its status; a failure of ours goes to the log whole. */
    private static Response byStatus(Throwable thrown, int status) {
        if (status == 404) {
            return Problem.GONE.response();
        }
        if (status == 403) {
            return Problem.NOT_ALLOWED.response();
        }
        if (status >= 400 && status < 500) {
            return new Problem(status, "InvalidRequest", Problem.UNREADABLE.message(), null).response();
        }
        LOG.error("A call to the engine failed", thrown);
        return Problem.FAILED.response();
    }

    private static Response known(Throwable thrown) {
        Problem problem = of(thrown);
        return (problem == null ? Problem.FAILED : problem).response();
    }

    /** Takes the place of the engine's own mapper for the same type. */
    @Provider
    public static final class OfRest implements ExceptionMapper<RestException> {
        @Override
        public Response toResponse(RestException thrown) {
            Problem problem = of(thrown.getCause());
            if (problem != null) {
                return problem.response();
            }
            return byStatus(
                    thrown,
                    thrown.getStatus() == null ? 500 : thrown.getStatus().getStatusCode());
        }
    }

    @Provider
    public static final class OfRefused implements ExceptionMapper<Refused> {
        @Override
        public Response toResponse(Refused thrown) {
            return known(thrown);
        }
    }

    @Provider
    public static final class OfRefusal implements ExceptionMapper<Refusal> {
        @Override
        public Response toResponse(Refusal thrown) {
            return known(thrown);
        }
    }

    @Provider
    public static final class OfUnfitModel implements ExceptionMapper<UnfitModel> {
        @Override
        public Response toResponse(UnfitModel thrown) {
            return known(thrown);
        }
    }

    @Provider
    public static final class OfCollision implements ExceptionMapper<OptimisticLockingException> {
        @Override
        public Response toResponse(OptimisticLockingException thrown) {
            return known(thrown);
        }
    }

    @Provider
    public static final class OfMissing implements ExceptionMapper<NullValueException> {
        @Override
        public Response toResponse(NullValueException thrown) {
            return known(thrown);
        }
    }

    /** Among others: somebody who submits what a colleague has just completed has no right to it any more. */
    @Provider
    public static final class OfEngine implements ExceptionMapper<ProcessEngineException> {
        @Override
        public Response toResponse(ProcessEngineException thrown) {
            Problem problem = of(thrown);
            return problem != null
                    ? problem.response()
                    : byStatus(thrown, thrown instanceof BadUserRequestException ? 400 : 500);
        }
    }

    @Provider
    @Priority(1)
    public static final class OfJsonText implements ExceptionMapper<JsonParseException> {
        @Override
        public Response toResponse(JsonParseException thrown) {
            return Problem.UNREADABLE.response();
        }
    }

    @Provider
    @Priority(1)
    public static final class OfJsonShape implements ExceptionMapper<JsonMappingException> {
        @Override
        public Response toResponse(JsonMappingException thrown) {
            return Problem.UNREADABLE.response();
        }
    }

    @Provider
    public static final class OfAnything implements ExceptionMapper<Throwable> {
        @Override
        public Response toResponse(Throwable thrown) {
            Problem problem = of(thrown);
            if (problem != null) {
                return problem.response();
            }
            if (thrown instanceof WebApplicationException web) {
                Response own = web.getResponse();
                return own.getStatus() < 400 ? own : byStatus(thrown, own.getStatus());
            }
            return byStatus(thrown, unreadable(thrown) ? 400 : 500);
        }

        /**
         * The resources read what was sent without looking whether it is there: no body, null for a variable, a file without its
         * description.
         */
        private static boolean unreadable(Throwable thrown) {
            StackTraceElement[] trace = thrown.getStackTrace();
            return thrown instanceof IllegalArgumentException
                    || thrown instanceof NullPointerException
                            && trace.length > 0
                            && trace[0].getClassName().startsWith("org.camunda.bpm.engine.rest.");
        }
    }
}
