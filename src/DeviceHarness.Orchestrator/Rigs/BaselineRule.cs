using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Assurance.Proposals;
using DeviceHarness.Duis.Catalogue;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Runner;
using DeviceHarness.Store;

namespace DeviceHarness.Orchestrator.Rigs;

/// <summary>Whether the devices of a rig are still those that its cycles were frozen against.</summary>
/// <remarks>The inventory status is no part of the baseline: cases change it and put it back.</remarks>
internal static class BaselineRule
{
    private const string ReadFirmwareVersion = "11.2";

    private static readonly string[] Activations = ["11.3", "11.4"];

    /// <summary>Compares what a rig says of its devices with what it said before.</summary>
    /// <returns>What changed; null when nothing did.</returns>
    public static BaselineDifference? Difference(IReadOnlyList<DeviceBaseline> before, IReadOnlyList<DeviceBaseline> now) =>
        FirstDifference(before, now) is { } text ? new BaselineDifference(text, FirmwareChanges(before, now)) : null;

    /// <summary>The devices of a baseline that run another firmware now; the same device is one of the same EUI-64.</summary>
    public static IReadOnlyList<FirmwareChange> FirmwareChanges(
        IReadOnlyList<DeviceBaseline> before, IReadOnlyList<DeviceBaseline> now) =>
    [
        .. before.Join(now, device => device.Device.Eui64, device => device.Device.Eui64, (old, device) => (old, device))
            .Where(pair => pair.old.Inventory.FirmwareVersion != pair.device.Inventory.FirmwareVersion)
            .Select(pair => Change(pair.old, pair.device.Inventory.FirmwareVersion)),
    ];

    private static string? FirstDifference(IReadOnlyList<DeviceBaseline> before, IReadOnlyList<DeviceBaseline> now)
    {
        Dictionary<string, DeviceBaseline> known = before.ToDictionary(device => device.Device.Id.Value, StringComparer.Ordinal);
        foreach (DeviceBaseline device in now)
        {
            if (!known.Remove(device.Device.Id.Value, out DeviceBaseline? old))
            {
                return $"the device {device.Device.Id} was added to the rig";
            }

            if (old.Device with { Facts = device.Device.Facts } != device.Device)
            {
                return $"the device {device.Device.Id} is another: {Describe(old)} became {Describe(device)}";
            }

            if (ChangedFact(old.Device.Facts, device.Device.Facts) is { } fact)
            {
                return $"the rig file states another '{fact}' of {device.Device.Id}";
            }

            if (old.Inventory.FirmwareVersion != device.Inventory.FirmwareVersion)
            {
                return Text(device.Device.Id.Value, old.Inventory.FirmwareVersion, device.Inventory.FirmwareVersion);
            }
        }

        return known.Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } gone ? $"the device {gone} was taken off the rig" : null;
    }

    /// <summary>Whether another attempt of the cycle, on the same rig, has read the device's firmware version already.</summary>
    /// <remarks>A version that contradicts the baseline at its first reading has not changed under the cycle: it is a finding, and the
    /// case that read it says so. Only a version that was read before and is another now makes the cycle void.</remarks>
    public static bool WasFirmwareRead(CycleDetail detail, string eui64, AttemptKey except)
    {
        string rig = RigOf(detail, except);
        string? device = Find(detail, rig, eui64)?.Device.Id.Value;
        return detail.Executions
            .SelectMany(history => history.Attempts)
            .Where(attempt => attempt.Key != except && detail.RigOf(attempt) == rig)
            .SelectMany(attempt => attempt.Steps)
            .Any(step => step.ServiceReferenceVariant == ReadFirmwareVersion && step.ResponseCode == ResponseCodes.Success
                && step.Device == device);
    }

    /// <summary>Whether a firmware version that an attempt read from a device is neither the one that the cycle was frozen against nor the
    /// one that the attempt's own case activates.</summary>
    /// <returns>What changed; null when nothing did.</returns>
    public static BaselineDifference? FirmwareDifference(CycleDetail detail, AttemptKey reader, string eui64, string firmwareVersion)
    {
        string rig = RigOf(detail, reader);
        DeviceBaseline? device = Find(detail, rig, eui64);
        return device is null || device.Inventory.FirmwareVersion == firmwareVersion
            || IsActivatedOnPurpose(detail, reader, rig, device, firmwareVersion)
            ? null
            : new BaselineDifference(
                Text(device.Device.Id.Value, device.Inventory.FirmwareVersion, firmwareVersion), [Change(device, firmwareVersion)]);
    }

    /// <summary>Whether the reader's own case names the version as the one that it takes this device to, and has come to its activation:
    /// what it finds before is no work of its own.</summary>
    private static bool IsActivatedOnPurpose(
        CycleDetail detail, AttemptKey reader, string rig, DeviceBaseline device, string firmwareVersion)
    {
        if (detail.Executions.FirstOrDefault(history => history.Execution.Id == reader.ExecutionId) is not { } history
            || PackOf(detail.Cycle) is not { } pack
            || pack.Find(history.Execution.CaseId) is not { Firmware: { } pair } testCase
            || pair.To != firmwareVersion)
        {
            return false;
        }

        int before = testCase.Steps.TakeWhile(step => !Activations.Contains(step.ServiceReferenceVariant)).Count();
        int finished = history.Attempts.FirstOrDefault(attempt => attempt.Key == reader)?.Steps.Max(step => (int?)step.Index) ?? 0;
        return before < testCase.Steps.Count && finished >= before
            && DeviceBindings.TryBind(
                testCase, [.. detail.Cycle.DevicesOn(rig).Select(candidate => candidate.Device)], out DeviceBindings bindings, out _)
            && bindings.Find(testCase.Device)?.Id == device.Device.Id;
    }

    private static TestPack? PackOf(Cycle cycle)
    {
        try
        {
            return PackLoader.Load(cycle.PackText, cycle.PackName);
        }
        catch (ConfigurationException)
        {
            // A pack of another harness version, which this one cannot read: nothing is known of what its cases do on purpose.
            return null;
        }
    }

    /// <summary>Whether the firmware of a spare rig's devices is not the one that the cycle was frozen with any more.</summary>
    /// <remarks>A spare may have run other cycles since. That of the cycle's own rig is watched by what its attempts read.</remarks>
    /// <returns>What changed; null when nothing did, or when the rig is the cycle's own.</returns>
    public static BaselineDifference? SpareDifference(Lease lease)
    {
        FirmwareChange[] changes = lease.Rig == lease.Cycle.Rig
            ? []
            :
            [
                .. lease.Devices.Join(
                        lease.Inventory, device => device.Device.Eui64, row => row.DeviceId, (frozen, now) => (frozen, now.FirmwareVersion))
                    .Where(pair => pair.FirmwareVersion != pair.frozen.Inventory.FirmwareVersion)
                    .Select(pair => Change(pair.frozen, pair.FirmwareVersion)),
            ];
        return changes.Length == 0
            ? null
            : new BaselineDifference(Text($"{changes[0].Device} of the rig {lease.Rig}", changes[0].From, changes[0].To), changes);
    }

    private static FirmwareChange Change(DeviceBaseline before, string now) =>
        new(before.Device.Id.Value, before.Device.DeviceType, before.Inventory.FirmwareVersion, now);

    private static string Text(string device, string from, string to) => $"the firmware of {device} changed from {from} to {to}";

    private static string RigOf(CycleDetail detail, AttemptKey key) => detail.Executions
        .SelectMany(history => history.Attempts)
        .Where(attempt => attempt.Key == key)
        .Select(detail.RigOf)
        .FirstOrDefault(detail.Cycle.Rig);

    private static DeviceBaseline? Find(CycleDetail detail, string rig, string eui64) =>
        detail.Cycle.DevicesOn(rig).FirstOrDefault(candidate => IsDevice(candidate, eui64));

    private static bool IsDevice(DeviceBaseline candidate, string eui64) =>
        string.Equals(candidate.Device.Eui64.ToString(), eui64, StringComparison.OrdinalIgnoreCase);

    private static string? ChangedFact(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> now) =>
        before.Keys.Union(now.Keys, StringComparer.Ordinal)
            .FirstOrDefault(name => before.GetValueOrDefault(name) != now.GetValueOrDefault(name));

    private static string Describe(DeviceBaseline device) =>
        $"{device.Device.DeviceType} {device.Device.Eui64} ({device.Device.Profile}, {device.Device.Provenance.Origin})";
}
