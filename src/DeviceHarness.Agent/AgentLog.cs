using DeviceHarness.Contracts.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Agent;

/// <summary>Every message that the rig agent logs; ids from 8000.</summary>
internal static partial class AgentLog
{
    [LoggerMessage(8000, LogLevel.Information, "Connected to the orchestrator at {Server}, version {Version}")]
    public static partial void Connected(ILogger logger, string server, string version);

    [LoggerMessage(8001, LogLevel.Warning, "The stream to {Server} ended: {StatusCode} {Detail}; dialling again")]
    public static partial void Disconnected(ILogger logger, string server, StatusCode statusCode, string detail);

    [LoggerMessage(8002, LogLevel.Information, "Lease {LeaseNumber}: execution {ExecutionId}, case {CaseId}, attempt {Attempt}")]
    public static partial void LeaseTaken(ILogger logger, long leaseNumber, string executionId, string caseId, int attempt);

    [LoggerMessage(8003, LogLevel.Information, "Lease {LeaseNumber} is cancelled: {Reason}")]
    public static partial void LeaseCancelled(ILogger logger, long leaseNumber, string reason);

    [LoggerMessage(
        8004, LogLevel.Warning, "A message of a kind that this agent does not know: {Kind}; the orchestrator is newer than the agent")]
    public static partial void UnknownMessage(ILogger logger, OrchestratorMessage.BodyOneofCase kind);

    [LoggerMessage(8005, LogLevel.Error, "Lease {LeaseNumber} could not be run to its end")]
    public static partial void LeaseFailed(ILogger logger, long leaseNumber, Exception exception);

    [LoggerMessage(8006, LogLevel.Information, "Case {CaseId} ended {Verdict}")]
    public static partial void CaseEnded(ILogger logger, string caseId, Abstractions.Execution.Verdict verdict);

    [LoggerMessage(8007, LogLevel.Warning, "Service Request {RequestId} outside a pack could not be answered")]
    public static partial void AdHocFailed(ILogger logger, string requestId, Exception exception);

    [LoggerMessage(8008, LogLevel.Information, "Port {Port} of {Device} is open: {Target}, adapter latency: {Latency}")]
    public static partial void PortOpened(ILogger logger, string port, string device, string target, string latency);

    [LoggerMessage(8009, LogLevel.Warning, "Port {Port} of {Device} is gone: {Reason}")]
    public static partial void PortLost(ILogger logger, string port, string device, string reason);

    [LoggerMessage(8010, LogLevel.Warning, "The journal cannot keep the end of lease {LeaseNumber}")]
    public static partial void JournalFailed(ILogger logger, long leaseNumber, Exception exception);

    [LoggerMessage(8011, LogLevel.Error, "The virtual device {Device} failed and is off; the others go on")]
    public static partial void VirtualDeviceFailed(ILogger logger, string device, Exception exception);

    [LoggerMessage(8012, LogLevel.Warning, "The client of the virtual device {Device} sends at {ClientBaud} baud; the line runs at {Baud}")]
    public static partial void WrongBaud(ILogger logger, string device, int clientBaud, int baud);

    [LoggerMessage(8013, LogLevel.Information, "Planned fault on the line of {Device}: {Fault}")]
    public static partial void LineFault(ILogger logger, string device, string fault);

    [LoggerMessage(8024, LogLevel.Warning, "{Device} leaves its recorded session and is silent until a new connection: {Difference}")]
    public static partial void ReplayDiffers(ILogger logger, string device, string difference);

    [LoggerMessage(8014, LogLevel.Warning, "This agent and the orchestrator at {Server} may not trust each other: {Advice}")]
    public static partial void NotTrusted(ILogger logger, string server, string advice);

    [LoggerMessage(8015, LogLevel.Information, "{Device} told alert {Code}: {Meaning}")]
    public static partial void AlertReceived(ILogger logger, string device, string code, string meaning);

    [LoggerMessage(8016, LogLevel.Warning, "Alerts of {Rig} are not on disk and would not outlast this agent")]
    public static partial void AlertNotKept(ILogger logger, string rig, Exception? exception);

    [LoggerMessage(8017, LogLevel.Warning, "{Device} is not listened to until its next request: {Reason}")]
    public static partial void NotListening(ILogger logger, string device, string reason);

    [LoggerMessage(8018, LogLevel.Information, "{Device}: {State} {Difference}: it is put back after {Owner}")]
    public static partial void Undone(ILogger logger, string device, string state, string difference, string owner);

    [LoggerMessage(8019, LogLevel.Warning, "{Device}: {State} is still to go back to {Baseline}: {Reason}")]
    public static partial void UndoOwed(ILogger logger, string device, string state, string baseline, string reason);

    [LoggerMessage(8020, LogLevel.Error, "{Device} is in quarantine until 'harness rig release --device': {Reason}; by {Owner}")]
    public static partial void Quarantined(ILogger logger, string device, string reason, string owner);

    [LoggerMessage(8021, LogLevel.Information, "{Device} is out of quarantine, released by {By}: {Reason}")]
    public static partial void QuarantineEnded(ILogger logger, string device, string by, string reason);

    [LoggerMessage(8022, LogLevel.Error, "{Device} stays in quarantine: its release cannot be kept")]
    public static partial void QuarantineNotEnded(ILogger logger, string device, Exception exception);

    [LoggerMessage(8023, LogLevel.Warning, "{Device}: {Srv} of {Owner} is sent without an inverse: nothing tells its {State}")]
    public static partial void WithoutInverse(ILogger logger, string device, string srv, string state, string owner);

    [LoggerMessage(8025, LogLevel.Warning, "{Device}: {Srv} of {Owner} sets {Values}, which cannot be put back: not told or not settable")]
    public static partial void NotPutBack(ILogger logger, string device, string values, string srv, string owner);

    [LoggerMessage(8026, LogLevel.Warning, "{Device}: its association is not ended after an undo: {Reason}")]
    public static partial void NotHungUp(ILogger logger, string device, string reason);

    [LoggerMessage(8030, LogLevel.Warning, "{Adapter}: {Notice}")]
    public static partial void RadioNotice(ILogger logger, string adapter, string notice);

    [LoggerMessage(8031, LogLevel.Error, "{Rig}: a supply that was switched off is not on again: {Reason}")]
    public static partial void SupplyNotGivenBack(ILogger logger, string rig, string reason);

    [LoggerMessage(8032, LogLevel.Warning, "{Rig}: {Trouble}")]
    public static partial void LostBySwitching(ILogger logger, string rig, string trouble);

    [LoggerMessage(8033, LogLevel.Error, "{Rig}: a cover or button is not let go: {Reason}")]
    public static partial void NotLetGo(ILogger logger, string rig, string reason);

    [LoggerMessage(8034, LogLevel.Warning, "{Rig}: whether the bench is isolated is not known: {Reason}")]
    public static partial void IsolationNotWatched(ILogger logger, string rig, string reason);

    [LoggerMessage(8035, LogLevel.Warning,
        "{Rig}: the bench is isolated and this agent ends: contacts that rest closed feed again once the stop is let go; keep it pulled")]
    public static partial void HeldNoLonger(ILogger logger, string rig);
}
