namespace DeviceHarness.Drivers.Keys;

/// <summary>Keeps the record of one device's keys.</summary>
/// <remarks>What was saved is durable when the call returns. Not thread safe: one driver at a time, which <see cref="TryBegin"/>
/// sees to.</remarks>
public interface IDeviceKeyStore
{
    /// <summary>Where a person finds it, for messages.</summary>
    string Place { get; }

    /// <summary>What was kept; null when nothing ever was.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">KEYS-010: it cannot be read; KEYS-011: it is damaged, or encrypted
    /// under another key.</exception>
    KeyRecord? Read();

    /// <summary>Keeps a record.</summary>
    /// <param name="record">The record; it holds every set that the device may hold by what was kept before.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">KEYS-010, -011: what is there cannot be read, or the record cannot be
    /// written. Then nothing may be sent to the device.</exception>
    /// <exception cref="InvalidOperationException">A set would be lost that the device may hold; nothing was written.</exception>
    void Save(KeyRecord record);

    /// <summary>Begins a rotation: nobody else can until it is disposed of, nor in another process.</summary>
    /// <returns>Null when somebody else is at it.</returns>
    IDisposable? TryBegin();
}
