using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Virtual.Esme.Han;
using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.Ppmid;
using DeviceHarness.Virtual.ZigBee.KeyEstablishment;
using DeviceHarness.Virtual.ZigBee.Radio;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.ZigBee.Devices;

/// <summary>What a virtual device on the simulated radio is.</summary>
public sealed record HanDeviceModel
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its EUI-64.</summary>
    public required ulong Eui64 { get; init; }

    /// <summary>What it is in a network: a router, an end device, or one that sleeps.</summary>
    public EmberNodeType NodeType { get; init; } = EmberNodeType.Router;

    /// <summary>Where it stands.</summary>
    public RadioPlace Place { get; init; } = new();

    /// <summary>The link key with which it joins: that of its install code, or the well-known one of devices without.</summary>
    public EzspKey LinkKey { get; init; } = WellKnownLinkKey;

    /// <summary>Whether the key comes from an install code.</summary>
    public bool HasInstallCode => LinkKey != WellKnownLinkKey;

    /// <summary>Its manufacturer's code.</summary>
    public ushort ManufacturerCode { get; init; } = 0x1234;

    /// <summary>Its manufacturer, as the Basic cluster tells it, at most 32 characters.</summary>
    public string Manufacturer { get; init; } = "DeviceHarness";

    /// <summary>Its model, as the Basic cluster tells it, at most 32 characters.</summary>
    public string Model { get; init; } = "VIRTUAL-HAN";

    /// <summary>Its firmware version, as the Basic cluster tells it, at most 16 characters.</summary>
    public string FirmwareVersion { get; init; } = "1.0.0";

    /// <summary>The application endpoint's profile.</summary>
    public ushort Profile { get; init; } = 0x0109;

    /// <summary>What device the application endpoint is.</summary>
    public ushort DeviceId { get; init; } = 0x0502;

    /// <summary>How long after a network opened the device asks to join.</summary>
    public TimeSpan JoinDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How it fetches firmware; null for a device that does not.</summary>
    public UpgradeClientOptions? Upgrades { get; init; }

    /// <summary>Who issued its certificate; null for a device without one, which asks for no protection by link keys.</summary>
    public TestAuthority? Authority { get; init; }

    /// <summary>What it does in key establishment, beside its identity; null for what is sound.</summary>
    public Func<KeyExchangeOptions, KeyExchangeOptions>? KeyExchange { get; init; }

    /// <summary>The gas meter that it is; null for another device. It wants a certificate.</summary>
    public GasMeterModel? GasMeter { get; init; }

    /// <summary>The gas proxy that it is; null for another device. It wants a certificate.</summary>
    public GpfModel? GasProxy { get; init; }

    /// <summary>The prepayment display that it is; null for another device. It wants a certificate.</summary>
    public PpmidModel? Display { get; init; }

    /// <summary>The electricity meter that it is; null for another device. It wants a certificate.</summary>
    public EsmeHanModel? ElectricityMeter { get; init; }

    /// <summary>The defects of its network side.</summary>
    public HanDefects Defects { get; init; }

    /// <summary>How often a device with a wake cycle of its own asks its parent for messages while it is awake.</summary>
    public TimeSpan AwakePoll { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How far apart it sends when it has several messages.</summary>
    public TimeSpan MessageSpacing { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long after it joined a device with a certificate begins key establishment.</summary>
    public TimeSpan KeyExchangeDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the device takes to answer.</summary>
    public TimeSpan AnswerTime { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>The link key of devices without an install code: "ZigBeeAlliance09".</summary>
    public static EzspKey WellKnownLinkKey { get; } = new("ZigBeeAlliance09"u8);
}
