using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Variables;

namespace DeviceHarness.Packs.Runner;

/// <summary>Which device of the bench stands for each role of a case.</summary>
public sealed class DeviceBindings
{
    private readonly Dictionary<string, BenchDevice> _byRole;
    private readonly BenchDevice? _underTest;

    private DeviceBindings(Dictionary<string, BenchDevice> byRole, BenchDevice? underTest)
    {
        _byRole = byRole;
        _underTest = underTest;
    }

    /// <summary>The devices of the case by role, each role once.</summary>
    public IReadOnlyDictionary<string, BenchDevice> ByRole => _byRole;

    /// <summary>The weakest provenance of the devices in use.</summary>
    /// <remarks>Without a device the origin is virtual: what ran on nothing proves nothing about a real device.</remarks>
    public Provenance Provenance => WeakestOf(_byRole.Values);

    /// <summary>Binds the roles of a case to devices of a bench.</summary>
    /// <param name="testCase">The case: the needs of the pack that it is written in say which device fits a role.</param>
    /// <param name="devices">The devices of the bench, in the order of the rig file.</param>
    /// <param name="bindings">The devices that were found.</param>
    /// <param name="missing">The first role without a device, or fact that the rig does not state; null when none is missing.</param>
    /// <returns>Whether every role of the case has a device.</returns>
    public static bool TryBind(
        TestCase testCase, IReadOnlyList<BenchDevice> devices, out DeviceBindings bindings,
            [NotNullWhen(false)] out string? missing)
    {
        HashSet<string> namedDevices = [.. testCase.Needs.Where(need => need.Device is not null).Select(need => need.Device!)];
        Dictionary<string, BenchDevice> byRole = new(StringComparer.Ordinal);
        missing = null;
        foreach (string role in testCase.DeviceRoles)
        {
            DeviceNeed need = testCase.Needs.First(candidate => candidate.Role == role);
            BenchDevice[] fitting = [.. devices.Where(candidate => candidate.DeviceType == need.DeviceType
                && (need.Device is null ? !namedDevices.Contains(candidate.Id.Value) : candidate.Id.Value == need.Device))];
            BenchDevice? device = Array.Find(fitting, candidate => need.Facts.All(candidate.Facts.ContainsKey)) ?? fitting.FirstOrDefault();
            if (device is not null)
            {
                byRole[role] = device;
            }

            if (device is null)
            {
                string named = need.Device is null ? string.Empty : $" named '{need.Device}'";
                missing ??= $"no device for role '{role}': needs {need.DeviceType}{named}";
            }
            else if (need.Facts.FirstOrDefault(fact => !device.Facts.ContainsKey(fact)) is { } fact)
            {
                missing ??= $"the rig file states no fact '{fact}' about device '{device.Id}'";
            }
        }

        bindings = new DeviceBindings(byRole, byRole.GetValueOrDefault(testCase.Device));
        return missing is null;
    }

    /// <summary>The devices at whose ports the case's devices are reached: their own, or their comms hub's.</summary>
    public IEnumerable<DeviceId> Ports => ByRole.Values.Select(device => device.PortOf ?? device.Id);

    /// <summary>Finds the device of a role; <c>device</c> is the device under test.</summary>
    /// <returns>The device, or null when the case does not use the role.</returns>
    public BenchDevice? Find(string role) => role == BuiltInVariables.Device ? _underTest : _byRole.GetValueOrDefault(role);

    private static Provenance WeakestOf(IReadOnlyCollection<BenchDevice> devices) => devices.Count == 0
        ? new Provenance(Route.LocalSerial, Origin.Virtual)
        : new Provenance(devices.Min(device => device.Provenance.Route), devices.Max(device => device.Provenance.Origin));
}
