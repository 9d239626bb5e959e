using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;

namespace DeviceHarness.Drivers.Keys;

/// <summary>The keys of one device as its driver uses them: those of its store, or of its rig file while nothing was ever
/// rotated.</summary>
/// <param name="store">Where the record is kept.</param>
/// <param name="named">The keys that rig file or profile name.</param>
/// <param name="timeProvider">The clock of its time stamps.</param>
internal sealed class DeviceKeyRing(IDeviceKeyStore store, KeySet named, TimeProvider timeProvider)
{
    /// <summary>What is known now; read anew each time, since another process may have rotated.</summary>
    /// <exception cref="ConfigurationException">KEYS-010, -011: the store cannot be read; KEYS-013: rig file or profile name other keys
    /// than those that it began from.</exception>
    internal KeyRecord Record
    {
        get
        {
            KeyRecord record = store.Read() ?? KeyRecord.Begin(named);
            return record.Origin == named.Identifier
                ? record
                : throw new ConfigurationException(
                    "KEYS-013", store.Place, 0, 0, "keys", "keys of a device that began with others than the rig file names",
                    "the keys that the rig file named before; for another device in this place, move this folder away, and keep it");
        }
    }

    /// <summary>Begins a rotation; nobody else can until it is disposed of.</summary>
    /// <exception cref="LocalProtocolException">KEYS-002: another is under way.</exception>
    internal IDisposable Begin(string device) => store.TryBegin() ?? throw new LocalProtocolException(
        KeyFaults.UnderWay, $"{device}: another key rotation or probe is under way", "rotating", "rotation");

    /// <summary>Keeps the candidate, durably.</summary>
    internal void Prepare(KeySet candidate) => store.Save(Record.Prepare(candidate, timeProvider.GetUtcNow()));

    /// <summary>Keeps what the device said.</summary>
    internal void Answer(KeyRotationOutcome outcome) => store.Save(Record.Answer(outcome));

    /// <summary>Keeps what the device proved to hold.</summary>
    internal void Prove(KeySet keys)
    {
        KeyRecord record = Record;
        if (record.State != RotationState.Settled)
        {
            store.Save(record.Prove(keys, timeProvider.GetUtcNow()));
        }
    }
}
