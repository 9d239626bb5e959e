using System.Security.Cryptography;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using Microsoft.Data.Sqlite;

namespace DeviceHarness.Store.Sqlite;

/// <summary>Keeps events, each once, and moves attempts, steps, evidence and inventory with them.</summary>
internal static class EventWrites
{
    /// <summary>Keeps the events of one attempt, given by rising sequence.</summary>
    public static AttemptAcknowledgement Append(
        StatementCache statements, LeasePolicy policy, AttemptKey key, IEnumerable<SequencedEvent> events, DateTimeOffset now)
    {
        if (ReadTarget(statements, key) is not { } attempt)
        {
            return new AttemptAcknowledgement(key, HighWater: 0, AttemptStanding.Unknown);
        }

        long before = attempt.HighWater;
        bool hasFinished = false;
        foreach (SequencedEvent next in events)
        {
            if (next.Sequence == attempt.HighWater + 1)
            {
                if (Keep(statements, attempt, next, now) is { } finished)
                {
                    hasFinished = true;
                    BenchQuarantineRows.Count(statements, policy, key, finished.Verdict, finished.Reason, now);
                }

                attempt.HighWater = next.Sequence;
            }
        }

        if (attempt.HighWater != before)
        {
            statements.Execute(
                "UPDATE attempt SET high_water = $1 WHERE execution_id = $2 AND number = $3",
                attempt.HighWater, key.ExecutionId, (long)key.Number);
        }

        (bool isQueuedAgain, bool isStopRuleMet) = hasFinished
            ? SettlementWrites.SettleExecution(statements, policy, key.ExecutionId, wasNeverBegun: false, now)
            : (false, false);
        AttemptStanding standing = attempt.IsSuperseded ? AttemptStanding.Superseded : AttemptStanding.Counted;
        return new AttemptAcknowledgement(key, attempt.HighWater, standing, isQueuedAgain, isStopRuleMet);
    }

    /// <summary>Ends an attempt under its fence; a superseded one ends too, and is never counted.</summary>
    /// <returns>Whether it was ended and counts; false when it had finished, is superseded, or was never leased under that
    /// number.</returns>
    public static bool Finish(StatementCache statements, AttemptKey key, AttemptFinished result)
    {
        if (ReadTarget(statements, key) is not { IsSuperseded: false, State: not AttemptState.Finished })
        {
            return false;
        }

        WriteResult(statements, key, result);
        return true;
    }

    /// <returns>The event when it ended the attempt and counts; else null.</returns>
    private static AttemptFinished? Keep(StatementCache statements, Target attempt, SequencedEvent next, DateTimeOffset now)
    {
        EvidenceReference? evidence = next.Event is EvidenceRecorded recorded ? ReferenceTo(recorded) : null;
        (string kind, string body) = StoredJson.Write(next.Event, evidence);
        bool counts = !attempt.IsSuperseded && attempt.State != AttemptState.Finished;
        statements.Execute(
            """
            INSERT INTO event (execution_id, attempt, sequence, kind, body, superseded, received) VALUES ($1, $2, $3, $4, $5, $6, $7)
            """,
            next.Attempt.ExecutionId, (long)next.Attempt.Number, next.Sequence, kind, body, counts ? 0L : 1L, now.UtcTicks);
        switch (next.Event)
        {
            case AttemptStarted started:
                Start(statements, attempt, next.Attempt, started, counts);
                return null;
            case StepFinished finished:
                AddStep(statements, attempt, next, finished);
                return null;
            case EvidenceRecorded content:
                AddEvidence(statements, next, content, evidence!);
                return null;
            case InventoryChanged changed when counts:
                ChangeInventory(statements, attempt.Rig, changed);
                return null;
            case AttemptFinished finished when attempt.State != AttemptState.Finished:
                WriteResult(statements, next.Attempt, finished);
                attempt.State = AttemptState.Finished;
                if (counts && finished.Verdict == Verdict.Failed)
                {
                    IssueWrites.See(statements, next.Attempt, finished, now);
                }

                return counts ? finished : null;
            default:
                return null;
        }
    }

    private static void Start(StatementCache statements, Target attempt, AttemptKey key, AttemptStarted started, bool counts)
    {
        AttemptState state = attempt.State == AttemptState.Leased ? AttemptState.Running : attempt.State;
        statements.Execute(
            "UPDATE attempt SET state = $1, started = $2, route = $3, origin = $4 WHERE execution_id = $5 AND number = $6",
            (long)state, started.Time.UtcTicks, (long)started.Provenance.Route, (long)started.Provenance.Origin, key.ExecutionId,
            (long)key.Number);
        attempt.State = state;
        attempt.Origin = started.Provenance.Origin;
        if (!counts)
        {
            return;
        }

        int superseded = statements.Execute(
            "UPDATE attempt SET superseded = 1 WHERE execution_id = $1 AND number < $2 AND state <> $3 AND superseded = 0",
            key.ExecutionId, (long)key.Number, (long)AttemptState.Finished);
        statements.Execute(
            "UPDATE execution SET state = $1 WHERE id = $2 AND state = $3",
            (long)ExecutionState.Running, key.ExecutionId, (long)ExecutionState.Leased);
        if (superseded > 0)
        {
            SettlementWrites.JudgeAgain(statements, key.ExecutionId);
        }
    }

    private static void AddStep(StatementCache statements, Target attempt, SequencedEvent next, StepFinished step)
    {
        LatencySplit? latency = attempt.Origin == Origin.Scaled ? null : step.Latency;
        statements.Execute(
            """
            INSERT INTO step (execution_id, attempt, sequence, idx, name, verdict, reason, srv, device, acknowledgement, response, elapsed,
              lat_queue, lat_host, lat_line, lat_device, lat_connect, lat_exchanges, lat_open, lat_adapter)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)
            """,
            next.Attempt.ExecutionId, (long)next.Attempt.Number, next.Sequence, (long)step.Index, step.Name, (long)step.Verdict,
            step.Reason, step.ServiceReferenceVariant, step.Device, step.AcknowledgementCode, step.ResponseCode, step.Elapsed.Ticks,
            latency?.Queue.Ticks, latency?.Host.Ticks, latency?.Line.Ticks, latency?.Device.Ticks, latency?.Connect.Ticks,
            (long?)latency?.Exchanges, latency is null ? null : latency.AssociationOpen ? 1L : 0L, latency?.AdapterBound.Ticks);
    }

    private static void AddEvidence(StatementCache statements, SequencedEvent next, EvidenceRecorded recorded, EvidenceReference reference)
    {
        bool isHeld = statements.Scalar("SELECT 1 FROM evidence_blob WHERE sha256 = $1", reference.Sha256) is not null;
        if (!isHeld)
        {
            statements.Execute(
                "INSERT INTO evidence_blob (sha256, media_type, content) VALUES ($1, $2, $3)",
                reference.Sha256, reference.MediaType, recorded.Content.ToArray());
        }

        statements.Execute(
            "INSERT INTO evidence (execution_id, attempt, sequence, name, media_type, sha256, octets) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            next.Attempt.ExecutionId, (long)next.Attempt.Number, next.Sequence, reference.Name, reference.MediaType, reference.Sha256,
            reference.Octets);
    }

    // A change that names no row of the rig, no field or no status that we know stays in the events and moves nothing.
    private static void ChangeInventory(StatementCache statements, string rig, InventoryChanged changed)
    {
        if (!Eui64.TryParse(changed.Eui64, out Eui64 device))
        {
            return;
        }

        if (changed.Field == "firmware")
        {
            statements.Execute("UPDATE inventory SET firmware = $1 WHERE rig = $2 AND eui64 = $3", changed.Value, rig, device.ToString());
        }
        else if (changed.Field == "status" && Enum.TryParse(changed.Value, out DeviceStatus status) && Enum.IsDefined(status))
        {
            statements.Execute(
                "UPDATE inventory SET status = $1 WHERE rig = $2 AND eui64 = $3", status.ToString(), rig, device.ToString());
        }
    }

    private static void WriteResult(StatementCache statements, AttemptKey key, AttemptFinished result) => statements.Execute(
        """
        UPDATE attempt SET state = $1, verdict = $2, reason = $3, elapsed = $4, octets_to = $5, octets_from = $6
        WHERE execution_id = $7 AND number = $8
        """,
        (long)AttemptState.Finished, (long)result.Verdict, result.Reason, result.Elapsed.Ticks, result.OctetsToDevice,
        result.OctetsFromDevice, key.ExecutionId, (long)key.Number);

    private static EvidenceReference ReferenceTo(EvidenceRecorded recorded)
    {
        string sha256 = Convert.ToHexStringLower(SHA256.HashData(recorded.Content.Span));
        return new EvidenceReference(recorded.Name, recorded.MediaType, sha256, recorded.Content.Length);
    }

    private static Target? ReadTarget(StatementCache statements, AttemptKey key)
    {
        using SqliteDataReader reader = statements.Query(
            """
            SELECT rig, state, superseded, origin, high_water FROM attempt WHERE execution_id = $1 AND number = $2 AND lease_number = $3
            """,
            key.ExecutionId, (long)key.Number, key.LeaseNumber);
        return reader.Read()
            ? new Target
            {
                Rig = reader.GetString(0),
                State = (AttemptState)reader.GetInt32(1),
                IsSuperseded = reader.GetBoolean(2),
                Origin = reader.IsDBNull(3) ? null : (Origin)reader.GetInt32(3),
                HighWater = reader.GetInt64(4),
            }
            : null;
    }

    private sealed class Target
    {
        public required string Rig { get; init; }

        public required bool IsSuperseded { get; init; }

        public AttemptState State { get; set; }

        public Origin? Origin { get; set; }

        public long HighWater { get; set; }
    }
}
