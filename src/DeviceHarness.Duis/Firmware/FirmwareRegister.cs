using DeviceHarness.Duis.Inventory;

namespace DeviceHarness.Duis.Firmware;

/// <summary>What is known of the firmware of device models: images and where they came from, allowed upgrades, what is waited for, and
/// from when on nothing may change. It never changes once it is made.</summary>
public sealed record FirmwareRegister
{
    /// <summary>The most rows of one kind.</summary>
    public const int MaximumRows = 4_096;

    /// <summary>A register that holds nothing.</summary>
    public static FirmwareRegister Empty { get; } = new();

    /// <summary>The images.</summary>
    public IReadOnlyList<FirmwareImageRecord> Images { get; init; } = [];

    /// <summary>The upgrades that makers allow.</summary>
    public IReadOnlyList<FirmwareUpgradeStep> Upgrades { get; init; } = [];

    /// <summary>What others have to bring.</summary>
    public IReadOnlyList<FirmwareDependency> Dependencies { get; init; } = [];

    /// <summary>The freeze; null when none was agreed.</summary>
    public FirmwareBaseline? Baseline { get; init; }

    /// <summary>The record of an image; null when there is none.</summary>
    /// <param name="sha256">The SHA-256 of its file, hexadecimal.</param>
    public FirmwareImageRecord? Find(string sha256) =>
        Images.FirstOrDefault(image => image.Sha256.Equals(sha256, StringComparison.OrdinalIgnoreCase));

    /// <summary>The newest image that takes a device to a version; null when there is none.</summary>
    public FirmwareImageRecord? ImageOf(InventoryDevice device, string version) =>
        Images.Where(image => image.IsFor(device) && image.Version == version).MaxBy(image => image.Received);

    /// <summary>The images that came after the freeze.</summary>
    public IReadOnlyList<FirmwareImageRecord> LateImages =>
        Baseline is { } baseline ? [.. Images.Where(baseline.IsLate)] : [];

    /// <summary>The shortest way of allowed upgrades from what a device runs to a version that is wanted.</summary>
    /// <param name="device">The device.</param>
    /// <param name="isWanted">Whether a version is one to end at.</param>
    /// <returns>The versions to go through, the last one wanted; empty when the present one is; null when there is no way.</returns>
    public IReadOnlyList<string>? WayFrom(InventoryDevice device, Func<string, bool> isWanted)
    {
        ArgumentNullException.ThrowIfNull(device);
        ArgumentNullException.ThrowIfNull(isWanted);
        Queue<IReadOnlyList<string>> ways = new([[]]);
        HashSet<string> seen = [device.FirmwareVersion];
        while (ways.TryDequeue(out IReadOnlyList<string>? way))
        {
            string version = way.Count == 0 ? device.FirmwareVersion : way[^1];
            if (isWanted(version))
            {
                return way;
            }

            foreach (FirmwareUpgradeStep step in Upgrades.Where(step =>
                step.DeviceType == device.DeviceType && step.Model == device.Model && step.From == version && seen.Add(step.To)))
            {
                ways.Enqueue([.. way, step.To]);
            }
        }

        return null;
    }
}
