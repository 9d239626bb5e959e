using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Security;
using DeviceHarness.Drivers.Keys;
using DeviceHarness.Drivers.Links;
using DeviceHarness.Drivers.Links.SignOn;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.Security;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>What the driver of a device needs that is spoken to by DLMS/COSEM.</summary>
public abstract record DlmsDriverOptions
{
    /// <summary>The device's name in the rig file.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>The device's model, with the rig file's overrides.</summary>
    public required DeviceProfile Profile { get; init; }

    /// <summary>The open line; whoever opened it disposes of it after the driver.</summary>
    public required IByteTransport Transport { get; init; }

    /// <summary>What frames carry the APDUs on that line.</summary>
    public LinkFraming Framing { get; init; }

    /// <summary>How the device is signed on to before HDLC; null where the line carries HDLC from the start.</summary>
    public SignOnSettings? SignOn { get; init; }

    /// <summary>Where invocation counters and attempts are kept; a real device needs one that survives restarts.</summary>
    public IDeviceSecurityStore Security { get; init; } = new MemorySecurityStore();

    /// <summary>Where the keys are kept over their rotations; null when none are rotated: then those of profile and rig file
    /// hold.</summary>
    public IDeviceKeyStore? Keys { get; init; }

    /// <summary>Where challenges and dedicated keys come from; null for the platform's cryptographic source.</summary>
    public RandomOctets? Random { get; init; }

    /// <summary>What is drawn for each association where nothing is left to chance: a replay; null for <see cref="Random"/> and the
    /// counters that are kept.</summary>
    public IAssociationDraws? Draws { get; init; }

    /// <summary>Who the device has to be before a critical request is sent to it, in each association; null when nobody asks.</summary>
    public ExpectedIdentity? Identity { get; init; }

    /// <summary>The clock of the link's time-outs.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>What the time is: a device's clock is set by it and held against it, and its lockouts end by it; null for
    /// <see cref="TimeProvider"/>.</summary>
    public TimeProvider? Calendar { get; init; }

    /// <summary>What the adapter's latency timer may add to each answer; zero when it has none.</summary>
    public TimeSpan AdapterLatency { get; init; } = TimeSpan.Zero;
}
