using DeviceHarness.Codecs.Security;

namespace DeviceHarness.Drivers.Security;

/// <summary>What the harness must not forget about one device's credentials: invocation counters and attempts. No key is in it.</summary>
/// <remarks>What was saved is durable when the call returns. Not thread safe: one driver at a time.</remarks>
public interface IDeviceSecurityStore
{
    /// <summary>Where a person finds it, for messages.</summary>
    string Place { get; }

    /// <summary>What was kept of the attempts.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">SEC-001, -002: it cannot be read.</exception>
    AttemptRecord ReadAttempts();

    /// <summary>Keeps a record of the attempts.</summary>
    /// <param name="record">The record.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">SEC-001: it cannot be written.</exception>
    void SaveAttempts(AttemptRecord record);

    /// <summary>The first invocation counter that was surely not used with a key; 0 when nothing was ever kept of it.</summary>
    /// <param name="credentials">The key's identifier.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">SEC-001, -002: it cannot be read.</exception>
    uint FirstFreeCounter(string credentials);

    /// <summary>Keeps the invocation counters of a key.</summary>
    /// <param name="credentials">The key's identifier.</param>
    IInvocationCounterStore CountersOf(string credentials);

    /// <summary>Keeps what was received with a key.</summary>
    /// <param name="credentials">The key's identifier.</param>
    IReceivedCounters ReceivedOf(string credentials);
}
