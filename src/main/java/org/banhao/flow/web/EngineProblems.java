package org.banhao.flow.web;

import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Set;
import org.banhao.base.Refusal;
import org.banhao.flow.deploy.UnfitModel;
import org.banhao.flow.form.Refused;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.exception.NullValueException;
import org.camunda.bpm.engine.rest.exception.ExceptionHandlerHelper;
import org.camunda.bpm.engine.rest.exception.RestException;
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
            OfRest.class, OfRefused.class, OfRefusal.class, OfUnfitModel.class, OfCollision.class, OfMissing.class);

    private EngineProblems() {}

    static @Nullable Problem of(@Nullable Throwable cause) {
        for (Throwable at = cause; at != null; at = at.getCause()) {
            if (at instanceof Refused refused) {
                return Problem.of(refused.refusal());
            } else if (at instanceof Refusal refusal) {
                return Problem.of(refusal);
            } else if (at instanceof UnfitModel unfit) {
                return new Problem(400, "UnfitModel", String.valueOf(unfit.getMessage()), null);
            } else if (at instanceof OptimisticLockingException || at instanceof ConcurrencyFailureException) {
                return Problem.FASTER;
            } else if (at instanceof NullValueException) {
                return Problem.GONE;
            }
        }
        return null;
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
            if (thrown.getStatus() != null && thrown.getStatus().getStatusCode() == 404) {
                return Problem.GONE.response();
            }
            if (thrown.getStatus() == null || thrown.getStatus().getStatusCode() >= 500) {
                LOG.error("A call to the engine failed", thrown);
                return Problem.FAILED.response();
            }
            return ExceptionHandlerHelper.getInstance().getResponse(thrown);
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
}
