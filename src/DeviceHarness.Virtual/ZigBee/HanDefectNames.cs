using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.ZigBee.Devices;
using DeviceHarness.Virtual.ZigBee.Hub;
using DeviceHarness.Virtual.ZigBee.Upgrades;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>Every defect that can be planted in a device or in the hub on a virtual adapter's radio, by its name.</summary>
public static class HanDefectNames
{
    private const int AbortAfterBlocks = 2;

    /// <summary>The name of the hub on a radio, where defects are planted by device.</summary>
    internal const string HubName = "hub";

    private static readonly TimeSpan RestartInterval = TimeSpan.FromMinutes(2);

    private static readonly Dictionary<string, HanDefects> OfNetwork = new(StringComparer.Ordinal)
    {
        ["key-update-ignored"] = HanDefects.KeyUpdateIgnored,
        ["join-refused"] = HanDefects.JoinRefused,
    };

    private static readonly Dictionary<string, Func<UpgradeClientOptions, UpgradeClientOptions>> OfUpgrades = new(StringComparer.Ordinal)
    {
        ["ota-abort"] = client => client with { AbortsAfterBlocks = AbortAfterBlocks },
        ["wrong-image-accepted"] = client => client with { TakesAnyImage = true },
        ["old-image-kept"] = client => client with { KeepsOldImage = true },
    };

    private static readonly Dictionary<string, Func<HanHubModel, HanHubModel>> OfHub = new(StringComparer.Ordinal)
    {
        ["hub-log-entry-lost"] = hub => hub with { LosesLogEntry = true },
        ["hub-refuses-joins"] = hub => hub with { RefusesJoins = true },
        ["hub-restarts"] = hub => hub with { RestartsEvery = RestartInterval },
    };

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. GasMeterModelReader.DefectNames.Keys.Concat(GpfModelReader.DefectNames.Keys).Concat(OfNetwork.Keys).Concat(OfUpgrades.Keys)
            .Concat(OfHub.Keys).Order(StringComparer.Ordinal),
    ];

    /// <summary>Plants a defect.</summary>
    /// <param name="model">The adapter and its devices.</param>
    /// <param name="text">The name, for the first device that can have it, then the hub; or <c>device:name</c>, <c>hub:name</c>.</param>
    /// <returns>The same with the defect.</returns>
    /// <exception cref="ArgumentException">There is no such defect, or no such device that can have it.</exception>
    public static NcpModel Plant(NcpModel model, string text)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        return TryPlant(model, text)
            ?? throw new ArgumentException($"no device of the adapter can have the defect '{text}'", nameof(text));
    }

    /// <summary>Plants a defect where a device can have it.</summary>
    /// <param name="model">The adapter and its devices.</param>
    /// <param name="text">The name, for the first device that can have it, then the hub; or <c>device:name</c>, <c>hub:name</c>.</param>
    /// <returns>The same with the defect; null when no such device can have it.</returns>
    /// <exception cref="ArgumentException">There is no such defect.</exception>
    public static NcpModel? TryPlant(NcpModel model, string text)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(text);
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        string? name = colon < 0 ? null : text[..colon];
        string defect = text[(colon + 1)..];
        if (!All.Contains(defect))
        {
            throw new ArgumentException($"'{defect}' is no defect of a device on a HAN; there are {string.Join(", ", All)}", nameof(text));
        }

        HanDeviceModel[] devices = [.. model.Devices];
        for (int index = 0; index < devices.Length; index++)
        {
            if ((name is null || devices[index].Name == name) && Planted(devices[index], defect) is { } planted)
            {
                devices[index] = planted;
                return model with { Devices = devices };
            }
        }

        return name is null or HubName && model.Hub is { } hub && Planted(hub, defect) is { } withDefect
            ? model with { Hub = withDefect }
            : null;
    }

    /// <summary>Whether a defect can be planted in a device or the hub of an adapter.</summary>
    /// <param name="model">The adapter and its devices.</param>
    /// <param name="text">As <see cref="TryPlant"/> takes it; a name that is no defect can be planted nowhere.</param>
    public static bool IsPlantable(NcpModel model, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return All.Contains(text[(text.IndexOf(':', StringComparison.Ordinal) + 1)..]) && TryPlant(model, text) is not null;
    }

    private static HanHubModel? Planted(HanHubModel hub, string defect) =>
        OfHub.TryGetValue(defect, out Func<HanHubModel, HanHubModel>? ofHub) ? ofHub(hub)
        : hub.Upgrades is { } client && OfUpgrades.TryGetValue(defect, out Func<UpgradeClientOptions, UpgradeClientOptions>? ofClient)
            ? hub with { Upgrades = ofClient(client) }
        : null;

    private static HanDeviceModel? Planted(HanDeviceModel device, string defect)
    {
        if (device.GasMeter is { } meter && GasMeterModelReader.DefectNames.TryGetValue(defect, out GasDefects ofMeter))
        {
            return device with { GasMeter = meter with { Defects = meter.Defects | ofMeter } };
        }

        if (device.GasProxy is { } proxy && GpfModelReader.DefectNames.TryGetValue(defect, out GpfDefects ofProxy))
        {
            return device with { GasProxy = proxy with { Defects = proxy.Defects | ofProxy } };
        }

        return OfNetwork.TryGetValue(defect, out HanDefects ofNetwork) ? device with { Defects = device.Defects | ofNetwork }
            : device.Upgrades is { } client && OfUpgrades.TryGetValue(defect, out Func<UpgradeClientOptions, UpgradeClientOptions>? plant)
                ? device with { Upgrades = plant(client) }
            : null;
    }
}
