using DeviceHarness.Virtual.Gpf;
using DeviceHarness.Virtual.Gsme;
using DeviceHarness.Virtual.ZigBee.Devices;

namespace DeviceHarness.Virtual.ZigBee;

/// <summary>Every defect that can be planted in a device on a virtual adapter's radio, by its name.</summary>
public static class HanDefectNames
{
    private const int AbortAfterBlocks = 2;

    private static readonly Dictionary<string, HanDefects> OfNetwork = new(StringComparer.Ordinal)
    {
        ["key-update-ignored"] = HanDefects.KeyUpdateIgnored,
        ["join-refused"] = HanDefects.JoinRefused,
    };

    private static readonly Dictionary<string, Func<HanDeviceModel, HanDeviceModel>> OfUpgrades = new(StringComparer.Ordinal)
    {
        ["ota-abort"] = device => device with { Upgrades = device.Upgrades! with { AbortsAfterBlocks = AbortAfterBlocks } },
        ["wrong-image-accepted"] = device => device with { Upgrades = device.Upgrades! with { TakesAnyImage = true } },
        ["old-image-kept"] = device => device with { Upgrades = device.Upgrades! with { KeepsOldImage = true } },
    };

    /// <summary>The names, in order.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        .. GasMeterModelReader.DefectNames.Keys.Concat(GpfModelReader.DefectNames.Keys).Concat(OfNetwork.Keys).Concat(OfUpgrades.Keys)
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Plants a defect.</summary>
    /// <param name="model">The adapter and its devices.</param>
    /// <param name="text">The name, for the first device that can have it, or <c>device:name</c>.</param>
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
    /// <param name="text">The name, for the first device that can have it, or <c>device:name</c>.</param>
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

        return null;
    }

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
            : device.Upgrades is not null && OfUpgrades.TryGetValue(defect, out Func<HanDeviceModel, HanDeviceModel>? plant) ? plant(device)
            : null;
    }
}
