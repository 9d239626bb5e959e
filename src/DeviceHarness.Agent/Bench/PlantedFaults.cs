using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Agent.Rig;
using DeviceHarness.Transports.Faulty;

namespace DeviceHarness.Agent.Bench;

/// <summary>Faults on the lines of virtual devices, as a command line names them.</summary>
public static class PlantedFaults
{
    /// <summary>Puts faults on the lines of a rig's virtual devices, in place of those that its file states.</summary>
    /// <param name="rig">The rig.</param>
    /// <param name="faults">Each a plan such as <c>seed=7,loss=0.01</c>, for every virtual device, or <c>device:plan</c> for one.</param>
    /// <exception cref="ConfigurationException">RIG-008: a plan is wrong, or the rig has no such virtual device.</exception>
    public static RigConfiguration PlantAll(RigConfiguration rig, IReadOnlyList<string> faults)
    {
        ArgumentNullException.ThrowIfNull(rig);
        ArgumentNullException.ThrowIfNull(faults);
        foreach (string fault in faults)
        {
            string[] parts = fault.Split(':', 2);
            string? device = parts.Length == 2 ? parts[0] : null;
            if (device is not null && !rig.Devices.Any(candidate => IsMeant(candidate, device)))
            {
                IEnumerable<DeviceId> served = rig.Devices.Where(candidate => IsMeant(candidate, null)).Select(candidate => candidate.Id);
                throw Wrong(rig, fault, $"a plan, or <device>:<plan> with a virtual device: {string.Join(", ", served)}");
            }

            if (!FaultPlan.TryParse(parts[^1], out FaultPlan plan, out string problem))
            {
                throw Wrong(rig, fault, problem);
            }

            rig = rig with
            {
                Devices = [.. rig.Devices.Select(candidate => IsMeant(candidate, device)
                    ? candidate with { Link = candidate.Link with { Faults = plan } }
                    : candidate)],
            };
        }

        return rig;
    }

    private static bool IsMeant(RigDevice candidate, string? device) =>
        candidate.Link.Via == LinkVia.Virtual && (device is null || candidate.Id.Value == device);

    private static ConfigurationException Wrong(RigConfiguration rig, string found, string allowed) =>
        new("RIG-008", rig.File, 0, 0, "--faults", $"'{found}'", allowed);
}
