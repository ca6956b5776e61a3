package org.banhao.notice;

/** Whether a person gets the daily digest (每日提要). On until he says otherwise. */
public interface DigestSwitch {

    boolean on(String personId);

    void set(String personId, boolean on);
}
