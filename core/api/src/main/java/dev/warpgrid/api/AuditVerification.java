package dev.warpgrid.api;

/**
 * What came of reading the whole trail.
 *
 * @param intact every hash fits its entry and the one before, and no number is missing
 * @param checked so many entries
 * @param lastId the newest; 0 where there is none
 * @param lastHash whoever notes it elsewhere can later tell whether the newest entries were cut off
 * @param sentence what was found, and where it is broken
 */
public record AuditVerification(
        boolean intact, long checked, long firstId, long lastId, String lastHash, String sentence) {}
