using System.Net;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Orchestrator;

/// <summary>What the orchestrator writes to its log: ids 7000 to 7099.</summary>
internal static partial class OrchestratorLog
{
    [LoggerMessage(7000, LogLevel.Information, "orchestrator {Version} serves gRPC at {Address}, data folder {Folder}")]
    public static partial void Started(ILogger logger, string version, string address, string folder);

    [LoggerMessage(7001, LogLevel.Information, "orchestrator stopped")]
    public static partial void Stopped(ILogger logger);

    [LoggerMessage(
        7002,
        LogLevel.Warning,
        "a client at {Peer} is refused: {Reason} ({Certificate}); "
        + "--client-ca names the authorities that count, and a rig dials with --client-cert")]
    public static partial void ClientRefused(ILogger logger, EndPoint? peer, string reason, string certificate);

    [LoggerMessage(
        7010,
        LogLevel.Information,
        "rig {Rig} connected from {Peer}: agent {AgentVersion} on {Host}, boot {BootId}, {Devices} devices, {Held} attempts held")]
    public static partial void RigConnected(
        ILogger logger, string rig, string peer, string agentVersion, string host, string bootId, int devices, int held);

    [LoggerMessage(7011, LogLevel.Information, "rig {Rig} disconnected from {Peer}: {Reason}")]
    public static partial void RigDisconnected(ILogger logger, string rig, string peer, string reason);

    [LoggerMessage(7012, LogLevel.Warning, "rig {Rig} connected again from {Peer}; its connection from {OldPeer} is closed")]
    public static partial void RigReplaced(ILogger logger, string rig, string peer, string oldPeer);

    [LoggerMessage(7013, LogLevel.Warning, "rig {Rig} is offline: nothing was heard of it for {Silence}; its lease goes on")]
    public static partial void RigOffline(ILogger logger, string rig, TimeSpan silence);

    [LoggerMessage(7014, LogLevel.Error, "rig {Rig} is disconnected because its messages could not be worked through: {Code}")]
    public static partial void RigFailed(ILogger logger, string rig, string code, Exception exception);

    [LoggerMessage(7015, LogLevel.Warning, "rig {Rig} is sick and is given no lease: {Reason}; its cases stay queued")]
    public static partial void RigSick(ILogger logger, string rig, string reason);

    [LoggerMessage(7016, LogLevel.Information, "rig {Rig} is healthy: all its ports are open")]
    public static partial void RigHealthy(ILogger logger, string rig);

    [LoggerMessage(7020, LogLevel.Information, "cycle {Cycle} frozen: pack {Pack} ({Hash}) on rig {Rig}, {Executions} executions")]
    public static partial void CycleFrozen(ILogger logger, string cycle, string pack, string hash, string rig, int executions);

    [LoggerMessage(7021, LogLevel.Information, "cycle {Cycle} ended {State}: {Rate}")]
    public static partial void CycleEnded(ILogger logger, string cycle, string state, string rate);

    [LoggerMessage(7022, LogLevel.Warning, "cycle {Cycle} is cancelled: {Reason}")]
    public static partial void CycleCancelled(ILogger logger, string cycle, string reason);

    [LoggerMessage(7053, LogLevel.Information, "cycle {Cycle} goes on with {Cases} cases, says {Who}: {Reason}")]
    public static partial void CycleResumed(ILogger logger, string cycle, int cases, string who, string reason);

    [LoggerMessage(7023, LogLevel.Warning, "cycle {Cycle} is void: {Reason}")]
    public static partial void CycleVoided(ILogger logger, string cycle, string reason);

    [LoggerMessage(7026, LogLevel.Warning, "cycle {Cycle}: proposed is {Proposal}")]
    public static partial void TestProposed(ILogger logger, string cycle, string proposal);

    [LoggerMessage(7024, LogLevel.Warning, "cycle {Cycle} is ended: {Reason}")]
    public static partial void CycleStopped(ILogger logger, string cycle, string reason);

    [LoggerMessage(7030, LogLevel.Information, "lease {Lease}: {Execution} ({CaseId}), attempt {Attempt}, to rig {Rig} until {Ends:O}")]
    public static partial void Leased(
        ILogger logger, long lease, string execution, string caseId, int attempt, string rig, DateTimeOffset ends);

    [LoggerMessage(
        7031,
        LogLevel.Warning,
        "rig fault: lease {Lease} of {Execution} ended without a result on rig {Rig}; queued again: {IsQueuedAgain}")]
    public static partial void LeaseExpired(ILogger logger, long lease, string execution, string rig, bool isQueuedAgain);

    [LoggerMessage(7032, LogLevel.Warning, "rig {Rig} declined lease {Lease} of {Execution}: {Reason}")]
    public static partial void LeaseDeclined(ILogger logger, string rig, long lease, string execution, string reason);

    [LoggerMessage(7033, LogLevel.Warning, "lease {Lease} of {Execution}: rig {Rig} lost the attempt: {Reason}")]
    public static partial void AttemptLost(ILogger logger, long lease, string execution, string rig, string reason);

    [LoggerMessage(7034, LogLevel.Information, "lease {Lease} of {Execution} never reached rig {Rig}: given back to the queue")]
    public static partial void LeaseGivenBack(ILogger logger, long lease, string execution, string rig);

    [LoggerMessage(7035, LogLevel.Information, "attempt {Attempt} of {Execution} was inconclusive and is repeated: {Reason}")]
    public static partial void Repeated(ILogger logger, int attempt, string execution, string reason);

    [LoggerMessage(
        7036, LogLevel.Warning, "rig {Rig} runs attempt {Attempt} of {Execution} under the ended lease {Lease}: it is {Decision}")]
    public static partial void StrayAttempt(ILogger logger, string rig, int attempt, string execution, long lease, string decision);

    [LoggerMessage(
        7040, LogLevel.Warning, "rig {Rig} sent {Count} events of {Execution}, lease {Lease}, that this store never gave: kept in {File}")]
    public static partial void UnknownEvents(ILogger logger, string rig, int count, string execution, long lease, string file);

    [LoggerMessage(
        7041, LogLevel.Warning, "rig {Rig} sent events of {Execution}, lease {Lease}, past a gap: {HighWater} is durable, {Last} came")]
    public static partial void EventGap(ILogger logger, string rig, string execution, long lease, long highWater, long last);

    [LoggerMessage(
        7025, LogLevel.Warning, "the spare rig {Rig} is taken out of cycle {Cycle}, of which it has run nothing: {Reason}")]
    public static partial void SpareWithdrawn(ILogger logger, string rig, string cycle, string reason);

    [LoggerMessage(7037, LogLevel.Warning, "rig {Rig} is released: {Reason}; {Leases} leases end")]
    public static partial void RigReleased(ILogger logger, string rig, string reason, int leases);

    [LoggerMessage(7052, LogLevel.Information, "{Device} of rig {Rig} is to leave quarantine, says {By}: {Reason}")]
    public static partial void DeviceReleased(ILogger logger, string rig, string device, string by, string reason);

    [LoggerMessage(7055, LogLevel.Warning, "rig {Rig} is in quarantine and gets no work, by {By}: {Reason}")]
    public static partial void BenchOut(ILogger logger, string rig, string by, string reason);

    [LoggerMessage(7056, LogLevel.Information, "rig {Rig} is out of quarantine, by {By}: {Reason}")]
    public static partial void BenchBack(ILogger logger, string rig, string by, string reason);

    [LoggerMessage(7051, LogLevel.Error, "the desk of rig {Rig} could not look again and is asked once more: {Code}")]
    public static partial void DeskFailed(ILogger logger, string rig, string code, Exception exception);

    [LoggerMessage(7050, LogLevel.Error, "looking for ended leases failed and is tried again: {Code}")]
    public static partial void SweepFailed(ILogger logger, string code, Exception exception);
}
