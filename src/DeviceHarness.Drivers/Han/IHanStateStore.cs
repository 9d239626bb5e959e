using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Drivers.Han;

/// <summary>Keeps what the trust centre of a home area network knows.</summary>
/// <remarks>What was saved is durable when the call returns. One caller at a time.</remarks>
public interface IHanStateStore
{
    /// <summary>What was kept; null when nothing was, or the network was given up.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">KEYS-010: it cannot be read; KEYS-011: it is damaged, or encrypted
    /// under another key.</exception>
    ZigBeeNetworkBackup? Read();

    /// <summary>Keeps a state in place of the one before.</summary>
    /// <param name="state">The state; null for a network that was given up.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">KEYS-010, -011: what is there cannot be read, or it cannot be
    /// written.</exception>
    void Save(ZigBeeNetworkBackup? state);
}
