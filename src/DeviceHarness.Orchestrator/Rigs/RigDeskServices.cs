using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Store;
using Microsoft.Extensions.Logging;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>What the desks of all rigs share.</summary>
/// <param name="Store">What the orchestrator knows.</param>
/// <param name="Hub">Who watches which cycle.</param>
/// <param name="UnknownEvents">Where events go that belong to no lease of the store.</param>
/// <param name="Options">How the orchestrator is set up.</param>
/// <param name="Logger">Where log lines go.</param>
internal sealed record RigDeskServices(
    IHarnessStore Store, CycleWatchHub Hub, UnknownEventFile UnknownEvents, OrchestratorOptions Options, ILogger Logger)
{
    /// <summary>Asks other desks to look again.</summary>
    public DeskBell Bell { get; } = new();

    /// <summary>The moment, in UTC.</summary>
    public DateTimeOffset Now => Options.Time.GetUtcNow();
}
