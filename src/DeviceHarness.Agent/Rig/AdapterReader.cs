using System.Globalization;
using DeviceHarness.Abstractions.Configuration;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Drivers.SmartEnergy;
using DeviceHarness.Drivers.ZigBeeAdapter;

namespace DeviceHarness.Agent.Rig;

/// <summary>Reads the ZigBee adapters of a rig file, and which devices are behind them.</summary>
internal static class AdapterReader
{
    /// <summary>The most adapters of one rig.</summary>
    internal const int MaximumAdapters = 4;

    private const int FirstChannel = 11;
    private const int LastChannel = 26;

    private static readonly Dictionary<string, string> Kinds = ZigBeeAdapters.Kinds.ToDictionary(kind => kind);

    private static readonly Dictionary<string, bool> Vias = new() { ["serial"] = false, ["virtual"] = true };

    private static readonly Dictionary<string, bool> FlowControls = new() { ["rts-cts"] = true, ["xon-xoff"] = false };

    private static readonly Dictionary<string, bool> Roles = new() { ["trust-centre"] = true, ["joiner"] = false };

    private static readonly Dictionary<string, bool> KeyEstablishments = new() { ["host"] = false, ["adapter"] = true };

    /// <summary>Reads the adapters.</summary>
    /// <exception cref="ConfigurationException">A key is missing, unknown or wrong.</exception>
    internal static IReadOnlyList<RigAdapter> Read(ConfigurationNode? node)
    {
        List<RigAdapter> adapters = [];
        foreach (string name in node?.Keys ?? [])
        {
            ConfigurationNode entry = node!.Require(name);
            adapters.Add(RigConfigurationReader.IsName(name)
                ? ReadAdapter(name, entry)
                : throw entry.Wrong($"'{name}'", "an adapter name of lower-case letters, digits and hyphens, at most 40"));
        }

        return adapters.Count <= MaximumAdapters
            ? adapters
            : throw node!.Wrong($"{adapters.Count} adapters", $"at most {MaximumAdapters} adapters");
    }

    /// <summary>The devices, each with what its link takes from the adapter that it is behind.</summary>
    /// <exception cref="ConfigurationException">A device names no adapter of the file, or is of a type that no driver drives over
    /// one.</exception>
    internal static List<RigDevice> Behind(List<RigDevice> devices, IReadOnlyList<RigAdapter> adapters, ConfigurationNode node) =>
    [
        .. devices.Select(device =>
        {
            if (device.Link.Via != LinkVia.Han)
            {
                return device;
            }

            ConfigurationNode entry = node.Require(device.Id.Value);
            RigAdapter adapter = adapters.FirstOrDefault(candidate => candidate.Name == device.Link.Adapter)
                ?? throw entry.Require("link").Require("adapter").Wrong(
                    $"'{device.Link.Adapter}'", $"an adapter of this file: {string.Join(", ", adapters.Select(known => known.Name))}");
            return device.Driver is null && SmartEnergyProfile.DeviceTypes.Contains(device.DeviceType)
                ? device with { Link = device.Link with { IsAdapterVirtual = adapter.IsVirtual } }
                : throw entry.Require("type").Wrong(
                    $"'{device.DeviceType}' behind an adapter",
                    $"{string.Join(" or ", SmartEnergyProfile.DeviceTypes)} with the harness's own driver");
        }),
    ];

    private static RigAdapter ReadAdapter(string name, ConfigurationNode node)
    {
        bool isVirtual = node.Require("via").AsOneOf(Vias);
        bool isTrustCentre = node.Find("role")?.AsOneOf(Roles) ?? true;
        ConfigurationNode? secrets = isTrustCentre ? node.Find("secrets") : node.Require("secrets");
        ConfigurationNode? panId = node.Find("pan-id");
        RigAdapter adapter = new()
        {
            Name = name,
            Kind = node.Require("kind").AsOneOf(Kinds),
            Model = isVirtual ? node.Require("model").AsText() : string.Empty,
            Port = isVirtual ? string.Empty : node.Require("port").AsText(),
            Baud = (int)(node.Find("baud")?.AsInteger(9600, 921_600) ?? 115_200),
            HasHardwareFlowControl = node.Find("flow-control")?.AsOneOf(FlowControls) ?? true,
            IsTrustCentre = isTrustCentre,
            InstallCode = secrets is null ? null : InstallCode(secrets),
            Channels = Channels(node.Find("channels")),
            PanId = (ushort?)panId?.AsInteger(1, ushort.MaxValue - 1),
            ExtendedPanId = node.Find("extended-pan-id") is { } identifier ? ExtendedPanId(identifier) : null,
            Certificates = node.Find("certificates") is { } folder
                ? Path.Combine(Path.GetDirectoryName(Path.GetFullPath(folder.File)) ?? string.Empty, folder.AsText())
                : null,
            AgreesOnKeysItself = node.Find("key-establishment")?.AsOneOf(KeyEstablishments) ?? false,
            TestAuthority = !isVirtual ? null : (int?)node.Find("test-authority")?.AsInteger(0, int.MaxValue),
        };
        node.RejectOtherKeys();
        if (adapter is { Certificates: not null, TestAuthority: not null })
        {
            throw node.Require("certificates").Wrong("certificates beside made-up ones", "no certificates, or no test-authority");
        }

        if (adapter is { AgreesOnKeysItself: true } and ({ Certificates: not null } or { TestAuthority: not null }))
        {
            throw node.Require("key-establishment").Wrong(
                "the adapter's own certificate beside others", "no certificates and no test-authority, or key-establishment: host");
        }

        if (isTrustCentre && secrets is not null)
        {
            throw secrets.Wrong("an install code of a trust centre", "no secrets, or role: joiner");
        }

        if (!isTrustCentre && panId is not null)
        {
            throw panId.Wrong("the short identifier of another's network", "no pan-id, or role: trust-centre");
        }

        return adapter;
    }

    private static SecretReference InstallCode(ConfigurationNode node)
    {
        SecretReference code = SecretReference.Read(node.Require("install-code"));
        node.RejectOtherKeys();
        return code;
    }

    private static uint Channels(ConfigurationNode? node)
    {
        uint channels = 0;
        foreach (ConfigurationNode item in node?.Items() ?? [])
        {
            channels |= 1u << (int)item.AsInteger(FirstChannel, LastChannel);
        }

        return node is null ? RigAdapter.DefaultChannels
            : channels != 0 ? channels
            : throw node.Wrong("no channel", $"channels {FirstChannel} to {LastChannel}");
    }

    private static ulong ExtendedPanId(ConfigurationNode node)
    {
        string text = node.AsText();
        return text.Length == 16 && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            && value != 0
            ? value
            : throw node.Wrong($"'{text}'", "16 hexadecimal digits, not all of them 0");
    }
}
