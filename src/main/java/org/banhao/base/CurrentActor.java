package org.banhao.base;

/** The person behind the present call. Implemented by {@code people}; {@link Actor#SYSTEM} outside of a request. */
public interface CurrentActor {

    Actor get();
}
