using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Security;

/// <summary>What was received with one key of a device, over restarts. Not thread safe; disposing of it makes the last counters
/// durable.</summary>
/// <remarks>Each counter that is saved outlasts the process; a loss of power may take those after the last
/// <see cref="MakeDurable"/>.</remarks>
public interface IReceivedCounters : IReceivedCounterStore, IDisposable
{
    /// <summary>Lets what was saved survive a loss of power.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">SEC-001: it cannot be written.</exception>
    void MakeDurable();
}
