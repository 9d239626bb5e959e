using DeviceHarness.Abstractions.Transports;
using DeviceHarness.Codecs.Hdlc;
using DeviceHarness.Drivers.Links.Hdlc;
using DeviceHarness.Drivers.Links.Wrapper;

namespace DeviceHarness.Drivers.Profiles;

/// <summary>A device model: how it is spoken to and where its values are. Read from <c>rigs/profiles/*.yaml</c>.</summary>
public sealed record DeviceProfile
{
    /// <summary>The device type of electricity meters.</summary>
    public const string Esme = "ESME";

    /// <summary>The device type of comms hubs: their comms hub function.</summary>
    public const string CommsHub = "CHF";

    /// <summary>The device type of prepayment meter interface devices, which are reached through their hub.</summary>
    public const string Display = "PPMID";

    /// <summary>The shortest response time-out.</summary>
    public static readonly TimeSpan MinimumResponseTimeout = TimeSpan.FromMilliseconds(10);

    /// <summary>The longest response time-out.</summary>
    public static readonly TimeSpan MaximumResponseTimeout = TimeSpan.FromMinutes(2);

    /// <summary>The most retries of a frame.</summary>
    public const int MaximumRetries = 10;

    private readonly EsmeObjectMap? _objects;
    private readonly HubObjectMap? _hub;
    private readonly HanObjectMap? _han;

    /// <summary>The profile's name, such as <c>generic-smets1-esme</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The DUIS device type, such as <c>ESME</c>.</summary>
    public required string DeviceType { get; init; }

    /// <summary>The client's HDLC address.</summary>
    public required HdlcAddress ClientAddress { get; init; }

    /// <summary>The device's HDLC address.</summary>
    public required HdlcAddress ServerAddress { get; init; }

    /// <summary>The longest information field proposed, in octets.</summary>
    public required int MaximumInformationOctets { get; init; }

    /// <summary>The window proposed both ways, 1 to 7 frames.</summary>
    public int WindowFrames { get; init; } = (int)HdlcParameters.DefaultWindowFrames;

    /// <summary>How long an answer may take.</summary>
    public required TimeSpan ResponseTimeout { get; init; }

    /// <summary>How often the link tries again.</summary>
    public required int Retries { get; init; }

    /// <summary>The gap between two octets after which a frame is given up.</summary>
    public required TimeSpan InterOctetTimeout { get; init; }

    /// <summary>How long the device keeps an idle link; after it the driver connects anew. Zero: for ever.</summary>
    public required TimeSpan InactivityTimeout { get; init; }

    /// <summary>How it is signed on to, where the rig file says that it must be.</summary>
    public SignOnProfile SignOn { get; init; } = SignOnProfile.Standard;

    /// <summary>How the association is secured.</summary>
    public required AssociationProfile Association { get; init; }

    /// <summary>The longest APDU that we take, in octets.</summary>
    public required int MaximumPduOctets { get; init; }

    /// <summary>Whether the association is released by RLRQ before DISC; DISC alone ends it too.</summary>
    public required bool ReleasesAssociation { get; init; }

    /// <summary>Where the values of an electricity meter are.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">PROF-006: the profile is of another kind of device.</exception>
    public EsmeObjectMap Objects
    {
        get => _objects ?? throw OfOtherKind("objects", Esme);
        init => _objects = value;
    }

    /// <summary>Where the values of a comms hub are.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">PROF-006: the profile is of another kind of device.</exception>
    public HubObjectMap Hub
    {
        get => _hub ?? throw OfOtherKind("hub-objects", CommsHub);
        init => _hub = value;
    }

    /// <summary>Where the values of a device behind a hub are, at that hub's service port.</summary>
    /// <exception cref="Abstractions.Errors.ConfigurationException">PROF-006: the profile is of another kind of device.</exception>
    public HanObjectMap Han
    {
        get => _han ?? throw OfOtherKind("han-objects", Display);
        init => _han = value;
    }

    /// <summary>What the model does otherwise than is expected of its kind, each with its reason.</summary>
    public IReadOnlyList<ProfileQuirk> Quirks { get; init; } = [];

    /// <summary>How its alerts are read; null when the model tells nothing unasked.</summary>
    public AlertMap? Alerts { get; init; }

    /// <summary>The profile with a device's own values in place of its own.</summary>
    /// <param name="overrides">What the rig file sets.</param>
    public DeviceProfile With(DeviceOverrides overrides)
    {
        ArgumentNullException.ThrowIfNull(overrides);
        return this with
        {
            ResponseTimeout = overrides.ResponseTimeout ?? ResponseTimeout,
            Retries = overrides.Retries ?? Retries,
            Association = overrides.Association ?? Association,
        };
    }

    /// <summary>The link's settings on a line.</summary>
    /// <param name="rate">What an octet costs on the line.</param>
    public HdlcClientSettings LinkSettings(LineRate rate) => new()
    {
        Client = ClientAddress,
        Server = ServerAddress,
        Proposal = HdlcParameters.Default with
        {
            MaximumInformationTransmitOctets = (uint)MaximumInformationOctets,
            MaximumInformationReceiveOctets = (uint)MaximumInformationOctets,
            WindowTransmitFrames = (uint)WindowFrames,
            WindowReceiveFrames = (uint)WindowFrames,
        },
        ResponseTimeout = ResponseTimeout,
        Retries = Retries,
        InterOctetTimeout = InterOctetTimeout,
        Rate = rate,
    };

    /// <summary>The link's settings on a connection that carries the wrapper: ports are the addresses of client and logical device, and
    /// nothing is sent twice, so an answer has the time of all attempts.</summary>
    public WrapperClientSettings WrapperSettings() => new()
    {
        ClientPort = (ushort)ClientAddress.Upper,
        ServerPort = (ushort)ServerAddress.Upper,
        ResponseTimeout = ResponseTimeout * (Retries + 1),
    };

    /// <summary>The profile with a device's own keys before its own.</summary>
    /// <param name="keys">What the rig file names.</param>
    /// <exception cref="Abstractions.Errors.ConfigurationException">PROF-004: neither names a key that is needed.</exception>
    public DeviceProfile With(DeviceKeys keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        AssociationProfile association = Association with { Keys = keys.Or(Association.Keys) };
        association.RequireAll(Name);
        return this with { Association = association };
    }

    /// <summary>The name only: the rest may be long.</summary>
    public override string ToString() => $"{Name} ({DeviceType})";

    private Abstractions.Errors.ConfigurationException OfOtherKind(string key, string wanted) =>
        new("PROF-006", Name, 0, 0, key, $"a profile of device type {DeviceType}", $"a profile of device type {wanted}");
}
