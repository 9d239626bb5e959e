using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Power;

namespace DeviceHarness.Agent.Tests.Power;

/// <summary>An emergency stop and a button that a test moves.</summary>
internal sealed class ScriptedIsolation : IIsolationInput
{
    public bool IsIsolated { get; set; }

    /// <summary>Whether it was isolated since the last look, and is not any more.</summary>
    public bool WasIsolated { get; set; }

    public bool WasPressed { get; set; }

    public TransportException? Fault { get; set; }

    public Task<bool> WasIsolatedAsync(CancellationToken cancellationToken)
    {
        bool was = WasIsolated || IsIsolated;
        WasIsolated = false;
        return Answer(was);
    }

    public Task<bool> IsIsolatedAsync(CancellationToken cancellationToken) => Answer(IsIsolated);

    public Task<bool> WasAcknowledgedAsync(CancellationToken cancellationToken) => Answer(WasPressed);

    private Task<bool> Answer(bool answer) => Fault is null ? Task.FromResult(answer) : Task.FromException<bool>(Fault);
}
